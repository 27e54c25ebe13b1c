import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { Api } from '../../scripts/support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { parseExposition, type Sample } from '../support/exposition.js';

export const ADMIN_KEY = 'fm_admin_key_of_the_prometheus_tests';
export const TOKEN = 'token_of_the_prometheus_of_these_tests';

/** The whole service at work on two clients that were synced once: an n8n that answers, and one that nobody serves. */
export class ObservedService {
  private constructor(
    readonly service: TestApp,
    readonly api: Api,
    private readonly n8n: SimulatedN8n,
    readonly aliveId: number,
    readonly deadId: number,
  ) {}

  static async start(): Promise<ObservedService> {
    const env = { ROLE: 'all', ADMIN_API_KEY: ADMIN_KEY, METRICS_TOKEN: TOKEN, LOG_LEVEL: 'silent' };
    const service = await startTestApp(env);
    const api = new Api(service.url, ADMIN_KEY);
    const instance = new SimulatedInstance({ version: '2.40', seed: 'prometheus' });
    generateHistory(instance, { count: 300, days: 10, seed: 'prometheus' });
    const n8n = await startSimulatedN8n(instance);
    const create = async (name: string, address: string): Promise<number> => {
      const body = { name, n8n_base_url: address, n8n_api_key: n8n.apiKey, requests_per_minute: 60_000 };
      const { id } = await api.post<{ id: number }>('/clients?verify=false', body);
      await api.post(`/metrics/admin/sync/${id}?wait=60`);
      return id;
    };
    const aliveId = await create('Alive', n8n.baseUrl);
    return new ObservedService(service, api, n8n, aliveId, await create('Dead', 'http://127.0.0.1:9'));
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.n8n.close();
  }

  async scrape(key: string | null = TOKEN): Promise<{ status: number; type: string | null; text: string }> {
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const answer = await fetch(`${this.service.url}/metrics`, { headers });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  }

  async samples(): Promise<Sample[]> {
    return parseExposition((await this.scrape()).text);
  }

  async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.service.database.dataSource.query<Row[]>(sql, parameters);
  }
}
