import { Api, type Job } from '../../scripts/support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { eventually } from './jobs.fixture.js';

const ADMIN_KEY = 'fm_admin_key_of_the_tests_of_logs';

describe('log lines of the service', () => {
  const lines: Record<string, unknown>[] = [];
  let service: TestApp;
  let clientId: number;
  let job: Job;

  beforeAll(async () => {
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    service = await startTestApp({ ROLE: 'all', ADMIN_API_KEY: ADMIN_KEY, LOG_LEVEL: 'info' }, { write });
    const api = new Api(service.url, ADMIN_KEY);
    const client = { name: 'Nobody home', n8n_base_url: 'http://127.0.0.1:9', n8n_api_key: 'n8n_api_of_nobody' };
    clientId = (await api.post<{ id: number }>('/clients?verify=false', client)).id;
    job = await api.post<Job>(`/metrics/admin/sync/${clientId}?wait=60`);
  });

  afterAll(async () => {
    await service.close();
  });

  it('carry the ids of the job and its client, wherever in the job they are written', () => {
    const inside = lines.filter(({ job_id }) => job_id === job.job_id);
    expect(new Set(inside.map(({ client_id, job: name }) => `${String(client_id)} ${String(name)}`))).toEqual(
      new Set([`${clientId} sync`]),
    );
    const contexts = inside.map(({ context }) => context);
    expect(contexts).toContain('RunKeeper');
    expect(contexts).toContain('JobRunner');
    expect(lines.filter(({ msg }) => /^(sync|job) (failed|completed|done)/.test(String(msg))).every(({ job_id }) => job_id)).toBe(
      true,
    );
  });

  it('carry the id of the request, which is also in the answer', async () => {
    const answer = await fetch(`${service.url}/api/v1/clients`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'x-request-id': 'asked-by-a-test' },
    });
    await answer.text();
    expect(answer.headers.get('x-request-id')).toBe('asked-by-a-test');
    const asked = (): typeof lines => lines.filter(({ request_id }) => request_id === 'asked-by-a-test');
    await eventually(() => asked().length > 0);
    expect(asked()).toMatchObject([{ path: '/api/v1/clients' }]);
    expect(lines.filter(({ request_id, job_id }) => request_id !== undefined && job_id !== undefined)).toEqual([]);
  });
});
