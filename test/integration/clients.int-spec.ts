import { type SimulatedN8n, SimulatedInstance, startSimulatedN8n } from '../../simulator/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

const ADMIN_KEY = 'fm_bootstrap_key_of_these_tests';

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

describe('clients', () => {
  let service: TestApp;
  let n8n: SimulatedN8n;

  beforeAll(async () => {
    service = await startTestApp({ ADMIN_API_KEY: ADMIN_KEY });
    n8n = await startSimulatedN8n(new SimulatedInstance({ version: '2.40', seed: 'clients' }));
  });

  afterAll(async () => {
    await service.close();
    await n8n.close();
  });

  async function call(method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
    const response = await fetch(`${service.url}${path.startsWith('/docs') ? '' : '/api/v1'}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  function input(name: string): Record<string, unknown> {
    return { name, n8n_base_url: `${n8n.baseUrl}/`, n8n_api_key: n8n.apiKey, timezone: 'Europe/Berlin' };
  }

  async function create(name: string): Promise<number> {
    const answer = await call('POST', '/clients?verify=false', input(name));
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id as number;
  }

  interface SyncState {
    next_sync_at: Date;
    data_version: string;
    capabilities: object | null;
    capabilities_checked_at: Date | null;
  }

  async function syncState(id: number): Promise<SyncState | undefined> {
    const rows = await service.database.dataSource.query<SyncState[]>('SELECT * FROM sync_states WHERE client_id = $1', [id]);
    return rows[0];
  }

  it('are tried, stored with a sealed key and due for their first sync at once', async () => {
    const answer = await call('POST', '/clients', input('Acme'));
    expect(answer).toMatchObject({
      status: 201,
      body: {
        name: 'Acme',
        n8n_base_url: n8n.baseUrl,
        timezone: 'Europe/Berlin',
        week_starts_on: 1,
        enabled: true,
        sync_interval_minutes: 15,
        requests_per_minute: 120,
        config_version: 1,
        connection: { capabilities: { status_in_list: true }, key_expires_at: null },
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain(n8n.apiKey);
    const id = answer.body.id as number;
    const rows = await service.database.dataSource.query<Record<string, unknown>[]>('SELECT * FROM clients WHERE id = $1', [id]);
    expect(rows[0]?.n8n_api_key_sealed).toMatch(/^v1:[0-9a-f]{8}:/);
    expect(JSON.stringify(rows)).not.toContain(n8n.apiKey);
    const state = await syncState(id);
    expect(state?.next_sync_at.getTime()).toBeLessThanOrEqual(Date.now());
    expect(state).toMatchObject({ capabilities: { statusInList: true } });
  });

  it('are not stored when the connection does not work, and the code says why', async () => {
    const badKey = await call('POST', '/clients', { ...input('Bad key'), n8n_api_key: 'wrong' });
    expect(badKey).toMatchObject({ status: 422, body: { code: 'bad_key' } });
    const refused = await call('POST', '/clients', { ...input('Refused'), n8n_base_url: 'http://127.0.0.1:9' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'refused' } });
    const metadata = await call('POST', '/clients', { ...input('Metadata'), n8n_base_url: 'http://169.254.169.254' });
    expect(metadata).toMatchObject({ status: 422, body: { code: 'blocked_address' } });
    const names = ((await call('GET', '/clients?limit=500')).body.items as { name: string }[]).map(({ name }) => name);
    expect(names).not.toContain('Bad key');
    expect(names).not.toContain('Refused');
    expect(names).not.toContain('Metadata');
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ n8n_base_url: 'https://user:pass@n8n.example.com' }, 'n8n_base_url'],
    [{ n8n_base_url: 'file:///etc/passwd' }, 'n8n_base_url'],
    [{ n8n_api_key: 'a\r\nHost: x' }, 'n8n_api_key'],
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ timezone: null }, 'timezone'],
    [{ week_starts_on: 7 }, 'week_starts_on'],
    [{ week_starts_on: 'monday' }, 'week_starts_on'],
    [{ sync_interval_minutes: 0 }, 'sync_interval_minutes'],
    [{ requests_per_minute: 60_001 }, 'requests_per_minute'],
    [{ id: 7 }, 'id'],
  ])('refuse %j, naming %s', async (wrong, field) => {
    const answer = await call('POST', '/clients?verify=false', { ...input('Wrong'), ...wrong });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ field }] },
    });
  });

  it('refuse query parameters that nobody knows, also where none is known', async () => {
    const id = await create('Queries');
    for (const [method, path, field] of [
      ['GET', '/clients?page=2', 'page'],
      ['GET', '/clients?limit=501', 'limit'],
      ['GET', '/clients?cursor=nonsense', 'cursor'],
      ['GET', `/clients/${id}?verbose=1`, 'verbose'],
      ['POST', `/clients/${id}/verify?deep=1`, 'deep'],
      ['POST', '/clients?verify=perhaps', 'verify'],
      ['GET', '/clients/seven', 'id'],
      ['GET', '/clients/99999999999', 'id'],
    ] as const) {
      const answer = await call(method, path, path.startsWith('/clients?verify') ? input('Q') : undefined);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    }
    await expect(call('POST', `/clients/${id}/verify`, { deep: true })).resolves.toMatchObject({ status: 400 });
  });

  it('have a name of their own, which a deleted one gives back', async () => {
    const id = await create('Twin');
    const other = await create('Sibling');
    await expect(call('POST', '/clients?verify=false', input('Twin'))).resolves.toMatchObject({
      status: 409,
      body: { code: 'client_name_taken' },
    });
    await expect(call('PATCH', `/clients/${other}`, { name: 'Twin' })).resolves.toMatchObject({
      status: 409,
      body: { code: 'client_name_taken' },
    });
    await expect(call('PATCH', `/clients/${id}`, { name: 'Twin' })).resolves.toMatchObject({ status: 200 });
    await expect(call('DELETE', `/clients/${id}`)).resolves.toMatchObject({ status: 202 });
    await expect(call('PATCH', `/clients/${other}`, { name: 'Twin' })).resolves.toMatchObject({
      status: 200,
      body: { name: 'Twin' },
    });
  });

  it('are recomputed when zone or week start change, and only then', async () => {
    const id = await create('Zones');
    await service.database.dataSource.query(
      `UPDATE sync_states SET next_sync_at = now() + interval '1 hour' WHERE client_id = $1`,
      [id],
    );
    const later = (await syncState(id))?.next_sync_at;
    await expect(call('PATCH', `/clients/${id}`, { name: 'Zones 2', requests_per_minute: 60 })).resolves.toMatchObject({
      body: { config_version: 1, requests_per_minute: 60, connection: null },
    });
    await expect(call('PATCH', `/clients/${id}`, { timezone: 'Europe/Berlin' })).resolves.toMatchObject({
      body: { config_version: 1 },
    });
    await expect(call('PATCH', `/clients/${id}`, { timezone: 'Asia/Tokyo', week_starts_on: 0 })).resolves.toMatchObject({
      body: { config_version: 2, timezone: 'Asia/Tokyo', week_starts_on: 0 },
    });
    expect((await syncState(id))?.next_sync_at).toEqual(later);
    await expect(call('PATCH', `/clients/${id}`, { sync_interval_minutes: 1 })).resolves.toMatchObject({
      body: { config_version: 2 },
    });
    expect((await syncState(id))?.next_sync_at.getTime()).toBeLessThanOrEqual(Date.now());
    await expect(
      call('PATCH', `/clients/${id}`, { sync_interval_minutes: null, requests_per_minute: null }),
    ).resolves.toMatchObject({
      body: { sync_interval_minutes: 15, requests_per_minute: 120 },
    });
    expect(Number((await syncState(id))?.data_version)).toBeGreaterThan(0);
  });

  it('try a new address or key before it is stored', async () => {
    const id = await create('Moves');
    await expect(call('PATCH', `/clients/${id}`, { n8n_api_key: 'wrong' })).resolves.toMatchObject({
      status: 422,
      body: { code: 'bad_key' },
    });
    await expect(call('PATCH', `/clients/${id}`, { n8n_base_url: 'http://127.0.0.1:9' })).resolves.toMatchObject({ status: 422 });
    await expect(call('POST', `/clients/${id}/verify`)).resolves.toMatchObject({ status: 200, body: { client_id: id } });
    expect((await syncState(id))?.capabilities_checked_at).toBeInstanceOf(Date);
    await expect(call('PATCH', `/clients/${id}?verify=false`, { n8n_api_key: 'wrong' })).resolves.toMatchObject({ status: 200 });
    expect((await syncState(id))?.capabilities_checked_at).toBeNull();
    await expect(call('POST', `/clients/${id}/verify`)).resolves.toMatchObject({ status: 422, body: { code: 'bad_key' } });
    await expect(call('PATCH', `/clients/${id}`, { n8n_api_key: n8n.apiKey })).resolves.toMatchObject({
      status: 200,
      body: { connection: { key_expires_at: null } },
    });
  });

  it('are gone for everyone as soon as they are deleted', async () => {
    const id = await create('Goodbye');
    const answer = await call('DELETE', `/clients/${id}`);
    expect(answer).toMatchObject({ status: 202, body: { client_id: id } });
    expect(answer.body.job_id).toMatch(/^erase-client\./);
    expect(answer.body.job_url).toBe(`/api/v1/metrics/admin/jobs/${String(answer.body.job_id)}`);
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'Back' }],
      ['DELETE', ''],
      ['POST', '/verify'],
      ['GET', '/filter-rules'],
      ['PUT', '/filter-rules', {}],
      ['GET', '/filter-rules/versions'],
    ] as const) {
      await expect(call(method, `/clients/${id}${path}`, body)).resolves.toMatchObject({
        status: 404,
        body: { code: 'client_not_found' },
      });
    }
    const ids = ((await call('GET', '/clients?limit=500')).body.items as { id: number }[]).map((client) => client.id);
    expect(ids).not.toContain(id);
  });

  it('keep every version of their filter rules', async () => {
    const id = await create('Rules');
    await expect(call('GET', `/clients/${id}/filter-rules`)).resolves.toMatchObject({
      status: 200,
      body: {
        client_id: id,
        version: 0,
        author: 'defaults',
        created_at: null,
        rules: { preset: 'default' },
      },
    });
    const rules = { exclude_manual: true, exclude_workflow_patterns: ['.*test.*'] };
    await expect(call('PUT', `/clients/${id}/filter-rules`, rules)).resolves.toMatchObject({
      status: 200,
      body: { version: 1, author: 'bootstrap', rules },
    });
    await expect(call('PUT', `/clients/${id}/filter-rules`, { preset: 'n8n_insights' })).resolves.toMatchObject({
      body: { version: 2 },
    });
    const versions = await call('GET', `/clients/${id}/filter-rules/versions`);
    expect((versions.body.items as { version: number }[]).map(({ version }) => version)).toEqual([2, 1, 0]);
    const wrong = await call('PUT', `/clients/${id}/filter-rules`, { exclude_workflow_patterns: ['ok', '('], nonsense: 1 });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_filter_rules' } });
    const fields = (wrong.body.errors as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['exclude_workflow_patterns[1]', 'nonsense']);
  });

  it('leave a trace of every write, with the n8n key masked', async () => {
    const id = await create('Traced');
    await call('PATCH', `/clients/${id}?verify=false`, { n8n_api_key: 'another-n8n-key' });
    await call('DELETE', `/clients/${id}`);
    const events = await service.database.dataSource.query<Record<string, unknown>[]>(
      'SELECT action, actor, details FROM audit_events WHERE target = $1 ORDER BY id',
      [`client:${id}`],
    );
    expect(events.map(({ action }) => action)).toEqual(['client.create', 'client.update', 'client.delete']);
    expect(events[1]).toMatchObject({ actor: 'bootstrap', details: { n8n_api_key: '[redacted]' } });
    expect(JSON.stringify(events)).not.toContain('another-n8n-key');
    expect(JSON.stringify(events)).not.toContain(n8n.apiKey);
  });

  it('answer what cannot be read with problem documents, too', async () => {
    const json = { 'content-type': 'application/json' };
    await expect(call('POST', '/clients', '{bad', json)).resolves.toMatchObject({
      status: 400,
      body: { code: 'malformed_json' },
    });
    await expect(call('POST', '/clients', 'x', { 'content-type': 'text/plain' })).resolves.toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    await expect(call('POST', '/clients', JSON.stringify('x'.repeat(1_100_000)), json)).resolves.toMatchObject({ status: 413 });
    await expect(call('GET', '/nowhere')).resolves.toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    await expect(call('GET', '/%zz')).resolves.toMatchObject({ status: 400 });
    const answer = await call('GET', '/clients/999999', undefined, { 'x-request-id': 'trace-1' });
    expect(answer).toMatchObject({ status: 404, body: { request_id: 'trace-1' } });
    expect(answer.headers.get('x-request-id')).toBe('trace-1');
    await expect(call('DELETE', '/clients/999999', undefined, json)).resolves.toMatchObject({ status: 404 });
  });
});
