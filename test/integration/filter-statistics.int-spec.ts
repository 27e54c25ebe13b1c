import { World } from './collector.fixture.js';
import { at, RuledClient } from './rule-preview.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

describe('the statistics of the filter in data-freshness', () => {
  it('count the stored executions of the last 30 local days by verdict and reason, day by day', async () => {
    const client = await RuledClient.create(world, 'America/New_York');
    await client.store([
      at('2026-03-18T03:59:00Z'),
      at('2026-03-18T04:00:00Z'),
      at('2026-03-18T05:00:00Z', { mode: 'manual' }),
      at('2026-03-18T06:00:00Z', { workflow: 2, status: 'error' }),
      at('2026-02-17T05:00:00Z'),
      at('2026-02-17T04:59:00Z'),
    ]);
    await client.apply({});
    const { clients } = await world.http<{ clients: { client_id: number; filter_statistics_by_day: unknown }[] }>(
      'GET',
      '/metrics/admin/data-freshness',
    );
    expect(clients.find(({ client_id }) => client_id === client.id)?.filter_statistics_by_day).toEqual([
      { day: '2026-03-18', production: { mode_webhook: 1 }, excluded: { manual_mode: 1, test_name: 1 } },
      { day: '2026-03-17', production: { mode_webhook: 1 }, excluded: {} },
      { day: '2026-02-17', production: { mode_webhook: 1 }, excluded: {} },
    ]);
  });
});
