import { setTimeout as sleep } from 'node:timers/promises';
import { type TestApp, startTestApp } from '../support/app.js';

const ADMIN_KEY = 'fm_bootstrap_key_of_these_tests';

/** What another process changed is seen after a moment. */
async function eventually(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await attempt();
      return;
    } catch {
      await sleep(50);
    }
  }
  await attempt();
}

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

describe('API keys', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ ADMIN_API_KEY: ADMIN_KEY });
  });

  afterAll(async () => {
    await service.close();
  });

  async function call(
    method: string,
    path: string,
    key: string | null = ADMIN_KEY,
    body?: unknown,
    headers = {},
  ): Promise<Answer> {
    const response = await fetch(`${service.url}/api/v1${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  async function makeKey(body: Record<string, unknown>): Promise<{ id: number; key: string; prefix: string }> {
    const answer = await call('POST', '/admin/api-keys', ADMIN_KEY, { name: 'a key', ...body });
    expect(answer.status).toBe(201);
    return answer.body as { id: number; key: string; prefix: string };
  }

  async function makeClient(name: string): Promise<number> {
    const body = { name, n8n_base_url: 'http://127.0.0.1:9', n8n_api_key: 'n8n_api_x' };
    const answer = await call('POST', '/clients?verify=false', ADMIN_KEY, body);
    expect(answer.status).toBe(201);
    return answer.body.id as number;
  }

  it('are asked for by name of the scheme, and told apart by code', async () => {
    const missing = await call('GET', '/clients', null);
    expect(missing).toMatchObject({ status: 401, body: { code: 'missing_key', instance: '/api/v1/clients' } });
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="flowmastery-metrics"');
    expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const wrong = await call('GET', '/clients', `fm_abcdefgh_${'x'.repeat(43)}`);
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_key' } });
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await expect(call('GET', '/clients', `${ADMIN_KEY}x`)).resolves.toMatchObject({ status: 401, body: { code: 'invalid_key' } });
  });

  it('are accepted in either header', async () => {
    await expect(call('GET', '/clients')).resolves.toMatchObject({ status: 200 });
    await expect(call('GET', '/clients', null, undefined, { 'x-api-key': ADMIN_KEY })).resolves.toMatchObject({ status: 200 });
  });

  it('are shown once and stored as a hash', async () => {
    const made = await makeKey({ name: 'shown once', role: 'admin' });
    expect(made.key).toMatch(new RegExp(`^fm_${made.prefix}_[\\w-]{43}$`));
    await expect(call('GET', '/clients', made.key)).resolves.toMatchObject({ status: 200 });
    const list = await call('GET', '/admin/api-keys?limit=500');
    expect(JSON.stringify(list.body)).toContain('shown once');
    expect(JSON.stringify(list.body)).not.toContain(made.key);
    const rows = await service.database.dataSource.query<Record<string, unknown>[]>('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(made.key);
  });

  it('of viewers may read and not manage', async () => {
    const { key } = await makeKey({ role: 'viewer' });
    await expect(call('GET', '/clients', key)).resolves.toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
    await expect(call('POST', '/admin/api-keys', key, { name: 'x', role: 'admin' })).resolves.toMatchObject({ status: 403 });
    await expect(call('GET', '/metrics/all', key)).resolves.toMatchObject({ status: 200 });
  });

  it('bound to one client see nothing of another', async () => {
    const mine = await makeClient('Mine');
    const other = await makeClient('Other');
    const { key } = await makeKey({ role: 'viewer', client_id: mine });
    await expect(call('GET', `/metrics/client/${mine}`, key)).resolves.toMatchObject({ status: 200 });
    const hidden = await call('GET', `/metrics/client/${other}`, key);
    const absent = await call('GET', '/metrics/client/999999', key);
    expect(hidden).toMatchObject({ status: 404, body: { code: 'client_not_found' } });
    expect(absent).toMatchObject({ status: 404, body: { code: 'client_not_found' } });
    await expect(call('GET', '/metrics/my-metrics', key)).resolves.toMatchObject({ status: 200, body: { client_id: mine } });
    await expect(call('GET', '/metrics/my-metrics')).resolves.toMatchObject({ status: 400, body: { code: 'no_client_bound' } });
  });

  it('stop working when they are revoked or expire', async () => {
    const revoked = await makeKey({ role: 'admin' });
    await expect(call('DELETE', `/admin/api-keys/${revoked.id}`)).resolves.toMatchObject({ status: 200 });
    await expect(call('DELETE', `/admin/api-keys/${revoked.id}`)).resolves.toMatchObject({ status: 200 });
    await expect(call('GET', '/clients', revoked.key)).resolves.toMatchObject({ status: 401, body: { code: 'revoked_key' } });
    await expect(call('DELETE', '/admin/api-keys/999999')).resolves.toMatchObject({
      status: 404,
      body: { code: 'api_key_not_found' },
    });

    const expiring = await makeKey({ role: 'admin', expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    await expect(call('GET', '/clients', expiring.key)).resolves.toMatchObject({ status: 200 });
    await service.database.dataSource.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      expiring.id,
    ]);
    await eventually(async () => {
      const late = await call('GET', '/clients', expiring.key);
      expect(late).toMatchObject({ status: 401, body: { code: 'expired_key' } });
    });
  });

  it('that another process revoked stop working within a second', async () => {
    const { id, key } = await makeKey({ role: 'admin' });
    await expect(call('GET', '/clients', key)).resolves.toMatchObject({ status: 200 });
    await service.database.dataSource.query('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [id]);
    await sleep(1_000);
    await expect(call('GET', '/clients', key)).resolves.toMatchObject({ status: 401, body: { code: 'revoked_key' } });
  });

  it('of a deleted client are revoked with it, and none can be made for it', async () => {
    const client = await makeClient('Short-lived');
    const { key } = await makeKey({ role: 'viewer', client_id: client });
    await expect(call('DELETE', `/clients/${client}`)).resolves.toMatchObject({ status: 202 });
    await expect(call('GET', '/metrics/my-metrics', key)).resolves.toMatchObject({ status: 401, body: { code: 'revoked_key' } });
    for (const gone of [client, 999_999]) {
      const answer = await call('POST', '/admin/api-keys', ADMIN_KEY, { name: 'x', role: 'viewer', client_id: gone });
      expect(answer).toMatchObject({ status: 404, body: { code: 'client_not_found' } });
    }
  });

  it.each<[Record<string, unknown>, string]>([
    [{ role: 'viewer' }, 'name'],
    [{ name: 'x', role: 'owner' }, 'role'],
    [{ name: 'x', role: 'viewer', expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ name: 'x', role: 'viewer', expires_at: 'tomorrow' }, 'expires_at'],
    [{ name: 'x', role: 'viewer', client_id: 'seven' }, 'client_id'],
    [{ name: 'x', role: 'admin', client_id: 1, expires_at: null }, 'client_id'],
    [{ name: 'x', role: 'admin', scope: 'all' }, 'scope'],
  ])('are refused for %j, naming %s', async (body, field) => {
    if (body.client_id === 1) await makeClient(`for ${field}`);
    const answer = await call('POST', '/admin/api-keys', ADMIN_KEY, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ field }] },
    });
  });

  it('note their last use at most once a minute', async () => {
    const { id, key } = await makeKey({ role: 'admin' });
    const lastUse = async (): Promise<Date | null> => {
      const [row] = await service.database.dataSource.query<{ at: Date | null }[]>(
        'SELECT last_used_at AS at FROM api_keys WHERE id = $1',
        [id],
      );
      return row?.at ?? null;
    };
    await expect(lastUse()).resolves.toBeNull();
    await call('GET', '/clients', key);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await call('GET', '/clients', key);
    await expect(lastUse()).resolves.toEqual(first);
    await service.database.dataSource.query(`UPDATE api_keys SET last_used_at = now() - interval '61 seconds' WHERE id = $1`, [
      id,
    ]);
    await eventually(async () => {
      await call('GET', '/clients', key);
      expect((await lastUse())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
    });
  });

  it('leave a trace of who did what, without any key in it', async () => {
    const { id, key, prefix } = await makeKey({ name: 'auditor', role: 'admin' });
    const made = await call('POST', '/admin/api-keys', key, { name: 'made by auditor', role: 'viewer' });
    const events = await service.database.dataSource.query<Record<string, unknown>[]>('SELECT * FROM audit_events ORDER BY id');
    expect(events).toContainEqual(
      expect.objectContaining({ actor: 'bootstrap', action: 'api-key.create', target: `api-key:${id}` }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ actor: `key:${prefix} auditor`, target: `api-key:${String(made.body.id)}` }),
    );
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`${key}|${String(made.body.key)}|n8n_api_x`));
  });

  it('leave a trace that administrators read, newest first, filtered and paged', async () => {
    const { id, key, prefix } = await makeKey({ name: 'reader', role: 'admin' });
    const target = `api-key:${id}`;
    await call('DELETE', `/admin/api-keys/${id}`, key);
    const { body } = await call('GET', `/admin/audit-events?target=${target}`);
    expect(body).toMatchObject({
      items: [
        { actor: `key:${prefix} reader`, action: 'api-key.revoke', target, details: { name: 'reader' } },
        { actor: 'bootstrap', action: 'api-key.create', target, details: { role: 'admin', client_id: null } },
      ],
      next_cursor: null,
    });
    const first = await call('GET', `/admin/audit-events?target=${target}&limit=1`);
    const second = await call('GET', `/admin/audit-events?target=${target}&limit=1&cursor=${String(first.body.next_cursor)}`);
    expect([...(first.body.items as object[]), ...(second.body.items as object[])]).toEqual(body.items);
    const mine = await call(
      'GET',
      `/admin/audit-events?actor=${encodeURIComponent(`key:${prefix} reader`)}&action=api-key.revoke`,
    );
    expect(mine.body.items).toHaveLength(1);
    await expect(call('GET', '/admin/audit-events?who=me')).resolves.toMatchObject({
      status: 400,
      body: { errors: [{ field: 'who' }] },
    });
    const viewer = await makeKey({ role: 'viewer' });
    await expect(call('GET', '/admin/audit-events', viewer.key)).resolves.toMatchObject({
      status: 403,
      body: { code: 'forbidden_role' },
    });
  });

  it('page through their list', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const answer: Answer = await call('GET', `/admin/api-keys?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...(answer.body.items as { id: number }[]).map(({ id }) => id));
      cursor = answer.body.next_cursor as string | null;
    } while (cursor !== null);
    const [row] = await service.database.dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM api_keys');
    expect(seen).toHaveLength(row?.n ?? 0);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });
});
