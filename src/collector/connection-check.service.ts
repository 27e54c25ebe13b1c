import { Injectable } from '@nestjs/common';
import { UnprocessableError } from '../common/index.js';
import { type ConnectionReport, N8nClient, N8nError, type N8nTarget } from '../n8n-client/index.js';

export { type ConnectionReport } from '../n8n-client/index.js';

/** Tries an address and a key the way a sync would use them. */
@Injectable()
export class ConnectionCheckService {
  constructor(private readonly n8n: N8nClient) {}

  /** @throws UnprocessableError whose code says what is wrong (dns, refused, tls, timeout, not_n8n, bad_key, forbidden, blocked_address ...) */
  async check(target: N8nTarget): Promise<ConnectionReport> {
    try {
      return await this.n8n.checkConnection(target);
    } catch (error) {
      if (error instanceof N8nError) throw new UnprocessableError(error.code, error.message);
      throw error;
    }
  }
}
