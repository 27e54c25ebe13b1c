import fc from 'fast-check';
import { history, type History, type Life } from './histories.plan.js';
import { type Player } from './histories.player.js';
import { Stage } from './histories.stage.js';

/** More with `npm run test:histories`; one history again with HISTORIES=1 and its seed in HISTORIES_SEED. */
const HISTORIES = Number(process.env.HISTORIES ?? 100);
const FIRST_SEED = Number(process.env.HISTORIES_SEED ?? Math.floor(Math.random() * 1_000_000_000));
/** Far more than one takes, for machines that do something else as well. */
const MS_PER_HISTORY = 5_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

describe('every rollup equals raw', () => {
  it(
    `after ${HISTORIES} random histories with a sync, people and two aggregators at once`,
    async () => {
      let freezes = 0;
      for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed += 1) {
        const [plan] = fc.sample(history, { seed, numRuns: 1 });
        if (plan === undefined) throw new Error('no history');
        freezes += await stage.live(plan).catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          const again = `HISTORIES=1 HISTORIES_SEED=${seed} plays it again:\n${JSON.stringify(plan.rounds)}`;
          throw new Error(`seed ${seed}: ${message}\n\n${again}`, { cause: error });
        });
      }
      // Retention that never lets go of anything would prove nothing.
      if (HISTORIES >= 100) expect(freezes).toBeGreaterThan(HISTORIES / 10);
    },
    30_000 + HISTORIES * MS_PER_HISTORY,
  );
});

/** A success of a minute. */
const life = (id: number, startedAt: number, workflow = 0): Life => ({
  id: String(id),
  workflow,
  mode: 'webhook',
  startedAt,
  firstStartedAt: startedAt,
  hasStart: true,
  openStatus: 'running',
  status: 'success',
  ms: 60_000,
  retryOf: null,
});

/**
 * A Wednesday; two executions of two workflows that morning, a third one that starts in the future, an old one, and two of one
 * evening in New York that lie in two weeks by UTC.
 */
const plain: History = {
  era: '2024-03-20T12:00:00Z',
  zone: 'UTC',
  weekStartsOn: 1,
  lives: [
    life(1, -2 * HOUR),
    life(2, -HOUR, 1),
    life(3, 12 * HOUR),
    life(4, -19 * DAY),
    life(5, -16.7 * DAY),
    life(6, -16.4 * DAY),
  ],
  rounds: [],
};
const page = (...lives: number[]) => ({ act: 'page' as const, shown: lives.map((n) => ({ life: n, face: 'over' as const })) });
const listing = (name: string, minutes: number | null) => ({ act: 'listing' as const, workflow: 0, name, tags: [], minutes });
const recomputeAll = { act: 'recomputeAll' as const };

const cases: [string, (player: Player) => Promise<void>][] = [
  [
    'when one workflow has got its new weeks before the week start was noticed, and another one has not',
    async (player) => {
      await player.follow([page(0, 1), recomputeAll, { act: 'weeks', weekStartsOn: 0 }]);
      await player.follow([page(2), { act: 'recompute', maxDays: 5 }]);
    },
  ],
  [
    'when a zone was in force for a moment, and rows were made in it',
    async (player) => {
      await player.follow([{ act: 'apply' }, page(0), recomputeAll, { act: 'zone', zone: 'Pacific/Apia' }]);
      await player.follow([page(1), recomputeAll, { act: 'zone', zone: 'America/New_York' }]);
    },
  ],
  [
    'when a zone was left and come back to before anyone noticed',
    async (player) => {
      await player.follow([{ act: 'apply' }, { act: 'zone', zone: 'Pacific/Apia' }, page(1), { act: 'zone', zone: 'UTC' }]);
    },
  ],
  [
    'when the zone changes before any was applied',
    async (player) => {
      await player.follow([page(1), recomputeAll, { act: 'zone', zone: 'Pacific/Apia' }]);
    },
  ],
  [
    'when time saved changes while an execution of a later moment is stored, for clocks differ',
    async (player) => {
      await player.follow([listing('Orders', 1), page(2), recomputeAll]);
      await player.follow([listing('Orders', 2)]);
    },
  ],
  [
    'when retention meets a renamed workflow whose executions are not judged anew yet',
    async (player) => {
      await player.follow([listing('Orders', null), page(3), { act: 'apply' }, recomputeAll, listing('Orders test', null)]);
      await player.follow([{ act: 'expire' }], 15 * DAY);
    },
  ],
  [
    'when retention meets rules that are not applied yet',
    async (player) => {
      await player.follow([page(3), recomputeAll, { act: 'rules', rules: { min_duration_ms: 90_000 } }]);
      await player.follow([{ act: 'expire' }], 15 * DAY);
    },
  ],
  [
    'when retention meets a zone that is not applied yet',
    async (player) => {
      await player.follow([{ act: 'apply' }, page(3), recomputeAll, { act: 'zone', zone: 'Pacific/Apia' }]);
      await player.follow([{ act: 'expire' }], 15 * DAY);
    },
  ],
  [
    'when something changes on a day that retention has let go in part',
    async (player) => {
      await player.follow([{ act: 'zone', zone: 'America/New_York' }, { act: 'apply' }, page(4)]);
      await player.follow([{ act: 'page', shown: [{ life: 5, face: 'open' }] }, recomputeAll]);
      await player.follow([{ act: 'expire' }, { act: 'vanish', lives: [5] }], 5 * DAY);
    },
  ],
];

describe('what random histories came upon', () => {
  it.each(cases)('keeps the law %s', async (_when, play) => {
    await stage.live(plain, play);
  });
});
