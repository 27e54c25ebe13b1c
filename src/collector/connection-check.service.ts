import { Injectable } from '@nestjs/common';
import { UnprocessableError } from '../common/index.js';
import { CapabilitiesKeeper } from './capabilities-keeper.js';
import { type ConnectionReport, N8nClient, N8nError, type N8nTarget } from '../n8n-client/index.js';

export { type ConnectionReport } from '../n8n-client/index.js';

const KEY_PROBLEMS: ReadonlySet<string> = new Set(['bad_key', 'forbidden']);

/** Tries an address and a key the way a sync would use them. */
@Injectable()
export class ConnectionCheckService {
  constructor(
    private readonly n8n: N8nClient,
    private readonly capabilities: CapabilitiesKeeper,
  ) {}

  /** @throws UnprocessableError whose code says what is wrong (dns, refused, tls, timeout, not_n8n, bad_key, forbidden, blocked_address ...) */
  async check(target: N8nTarget): Promise<ConnectionReport> {
    try {
      return await this.n8n.checkConnection(target);
    } catch (error) {
      if (error instanceof N8nError) {
        const field = KEY_PROBLEMS.has(error.code) ? 'n8n_api_key' : 'n8n_base_url';
        throw new UnprocessableError(error.code, error.message, [{ field, message: error.message }]);
      }
      throw error;
    }
  }

  /** What the instance of a stored client was found to be able to do; `null`: its connection is another one and was not tried. */
  async remember(clientId: number, report: ConnectionReport | null): Promise<void> {
    if (report === null) await this.capabilities.forget(clientId);
    else await this.capabilities.remember(clientId, report.capabilities);
  }
}
