import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Drill } from './drill.js';
import { judge } from './judge.js';
import { planOf, seedsOf } from './plan.js';
import { Replicas } from './replicas.js';
import { setStage } from './stage.js';

const REPLICAS = 3;
const SEED_LIMIT_MS = 120_000;

describe('three replicas that collect an n8n while everything goes wrong and one of them is killed', () => {
  let database: TestDatabase;
  let replicas: Replicas | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    replicas = await Replicas.start(database.url, REPLICAS);
  }, SEED_LIMIT_MS);

  afterAll(async () => {
    await replicas?.close();
    await database.drop();
  }, SEED_LIMIT_MS);

  it.each(
    seedsOf(process.env)
      .map(planOf)
      .map((plan) => [plan.seed, plan.version, plan.kind, plan] as const),
  )(
    'store what happened and tell what was lost: seed %d, n8n %s, %s',
    async (seed, _version, _kind, plan) => {
      if (replicas === undefined) throw new Error('no replicas');
      const stage = await setStage(plan, replicas, database.dataSource);
      try {
        const drill = new Drill(stage);
        await drill.play();
        await drill.comeToRest();
        const complaints = [...stage.syncer.complaints, ...(await judge(stage, drill.baseline))];
        if (complaints.length > 0) throw new Error(`${complaints.join('\n')}\nAgain: CHAOS_SEED=${seed} npm run test:chaos`);
      } finally {
        await stage.server.close();
      }
    },
    SEED_LIMIT_MS,
  );
});
