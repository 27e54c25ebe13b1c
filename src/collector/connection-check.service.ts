import { Injectable } from '@nestjs/common';
import { UnprocessableError } from '../common/index.js';
import { type ConnectionReport, N8nClient, N8nError, type N8nTarget } from '../n8n-client/index.js';

export { type ConnectionReport } from '../n8n-client/index.js';

const KEY_PROBLEMS: ReadonlySet<string> = new Set(['bad_key', 'forbidden']);

/** Tries an address and a key the way a sync would use them. */
@Injectable()
export class ConnectionCheckService {
  constructor(private readonly n8n: N8nClient) {}

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
}
