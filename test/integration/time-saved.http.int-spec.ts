import { ClientsService } from '../../src/clients/index.js';
import { World } from './collector.fixture.js';
import { type History, pathOf, Saver } from './time-saved.fixture.js';

let world: World;
let client: Saver;

beforeAll(async () => {
  world = await World.open();
});

beforeEach(async () => {
  client = await Saver.create(world);
});

afterAll(async () => {
  await world.close();
});

describe('the history of values', () => {
  it('comes newest first, page by page, each value once', async () => {
    for (const [n, day] of ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].entries()) {
      await client.put({ minutes: n + 1, apply_from: day });
    }
    await world.query(
      `INSERT INTO workflow_time_saved (client_id, workflow_id, valid_from, source, minutes, created_at)
       SELECT client_id, workflow_id, valid_from, 'n8n', NULL, created_at FROM workflow_time_saved WHERE client_id = $1 AND minutes = 3`,
      [client.id],
    );
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: History = await client.get(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      expect(page.current).toMatchObject({ source: 'manual', minutes: 5 });
      seen.push(...page.items.map(({ source, minutes }) => [source, minutes]));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual([
      ['manual', 5],
      ['manual', 4],
      ['n8n', null],
      ['manual', 3],
      ['manual', 2],
      ['manual', 1],
    ]);
  });

  it('is empty where nobody said anything: nothing is made up', async () => {
    await expect(client.get()).resolves.toEqual({
      client_id: client.id,
      workflow_id: client.orders,
      n8n_workflow_id: 'w0',
      workflow_name: 'Orders',
      current: null,
      n8n_minutes: null,
      items: [],
      next_cursor: null,
    });
  });
});

describe('requests', () => {
  it.each<[object, string, RegExp]>([
    [{}, 'minutes', /0 to 525600 with at most 4 decimals, or null/],
    [{ minutes: '7' }, 'minutes', /must be a number of minutes/],
    [{ minutes: -1 }, 'minutes', /0 to 525600/],
    [{ minutes: 525_601 }, 'minutes', /0 to 525600/],
    [{ minutes: 0.00001 }, 'minutes', /4 decimals/],
    [{ minutes: 1.23456 }, 'minutes', /4 decimals/],
    [{ minutes: 1, apply_from: null }, 'apply_from', /must be a date/],
    [{ minutes: 1, apply_from: '2026-02-29' }, 'apply_from', /must be a date such as/],
    [{ minutes: 1, apply_from: '1969-12-31' }, 'apply_from', /from 1970-01-01 to 20\d\d-/],
    [{ minutes: 1, apply_from: '2206-03-01' }, 'apply_from', /from 1970-01-01 to 20\d\d-/],
    [{ minutes: 1, source: 'n8n' }, 'source', /is not a known field/],
  ])('with %j are refused, naming %s', async (body, field, message) => {
    const refused = await client.answer('PUT', client.path, world.service.config.adminApiKey, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ field }] } });
    expect(refused.body.errors[0]?.message).toMatch(message);
    await expect(client.get()).resolves.toMatchObject({ items: [] });
  });

  it('for what is not there are 404, also for a workflow of another client', async () => {
    const admin = world.service.config.adminApiKey;
    const other = await Saver.create(world);
    for (const method of ['GET', 'PUT'] as const) {
      const ask = (path: string): Promise<object> =>
        client.answer(method, path, admin, method === 'PUT' ? { minutes: 1 } : undefined);
      await expect(ask(pathOf(999_999, client.orders))).resolves.toMatchObject({
        status: 404,
        body: { code: 'client_not_found' },
      });
      await expect(ask(pathOf(client.id, 999_999))).resolves.toMatchObject({ status: 404, body: { code: 'workflow_not_found' } });
      await expect(ask(pathOf(other.id, client.orders))).resolves.toMatchObject({
        status: 404,
        body: { code: 'workflow_not_found' },
      });
      await expect(ask(`/clients/${client.id}/workflows/one/time-saved`)).resolves.toMatchObject({
        status: 400,
        body: { errors: [{ field: 'workflow_id' }] },
      });
    }
    await expect(client.answer('GET', `${client.path}?cursor=abc`, admin)).resolves.toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
    await world.get(ClientsService).remove(other.id);
    await expect(client.answer('GET', pathOf(other.id, client.orders), admin)).resolves.toMatchObject({ status: 404 });
    await expect(world.count('workflow_time_saved WHERE client_id = ANY($1)', [[client.id, other.id]])).resolves.toBe(0);
  });

  it('of viewers read what they may see and change nothing', async () => {
    const other = await Saver.create(world);
    const [own, ofAll, ofOther] = [
      await client.viewerKey(client.id),
      await client.viewerKey(null),
      await client.viewerKey(other.id),
    ];
    for (const key of [own, ofAll]) await expect(client.answer('GET', client.path, key)).resolves.toMatchObject({ status: 200 });
    await expect(client.answer('GET', client.path, ofOther)).resolves.toMatchObject({
      status: 404,
      body: { code: 'client_not_found' },
    });
    for (const key of [own, ofAll, ofOther]) {
      const refused = await client.answer('PUT', client.path, key, { minutes: 1 });
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
    }
    await expect(client.answer('GET', client.path, 'fm_nobody')).resolves.toMatchObject({
      status: 401,
      body: { code: 'invalid_key' },
    });
    await expect(client.get()).resolves.toMatchObject({ items: [] });
  });

  it('are described with examples that work', async () => {
    interface Operation {
      requestBody: { content: Record<string, { examples: Record<string, { value: object }> }> };
      responses: Record<string, object>;
    }
    const document = (await (await fetch(`${world.service.url}/docs-json`)).json()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const operation = document.paths['/api/v1/clients/{id}/workflows/{workflow_id}/time-saved']?.put;
    const examples = Object.values(operation?.requestBody.content['application/json']?.examples ?? {});
    expect(examples).toHaveLength(3);
    for (const { value } of examples) await expect(client.put(value)).resolves.toMatchObject({ workflow_id: client.orders });
    expect(Object.keys(operation?.responses ?? {}).sort()).toEqual(expect.arrayContaining(['400', '401', '403', '404']));
  });
});
