import { type NewExecution, type Random, type SimulatedInstance, type TruthRow } from '../../simulator/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const modes = ['webhook', 'webhook', 'webhook', 'trigger', 'trigger', 'manual', 'error', 'integrated', 'cli', 'chat'] as const;
const outcomes = [
  ...Array.from({ length: 24 }, () => 'success' as const),
  'error',
  'error',
  'error',
  'canceled',
  'never',
] as const;

/** Milliseconds to days: most are short, a few take very long. */
function duration(random: Random): number {
  if (random.chance(0.9)) return Math.round(random.logNormal(1_500, 1.5));
  return Math.round(random.logNormal(3 * HOUR, 1.2));
}

/** Most start now and end soon; some wait for days, some are queued first, a few never end. */
export function startOne(instance: SimulatedInstance, random: Random): void {
  const now = instance.clock.now();
  const execution: NewExecution = {
    workflowId: random.pick(instance.database.workflows.list()).id,
    mode: random.pick(modes),
    durationMs: duration(random),
    outcome: random.pick(outcomes),
  };
  const luck = random.next();
  if (luck < 0.1)
    instance.startWaiting({ ...execution, durationMs: 40, waitTill: now + Math.round(random.logNormal(8 * HOUR, 1)) });
  else if (luck < 0.13) instance.startExecution({ ...execution, startedAt: now + random.below(HOUR) });
  else instance.startExecution(execution);
}

/** The ids of those that have not ended. */
export function openIds(instance: SimulatedInstance): string[] {
  instance.settle();
  return [...instance.database.plans.keys()].map(String);
}

/** Failures that n8n still has are tried again; a retry may take days. */
export function retrySome(instance: SimulatedInstance, random: Random): void {
  const failed = instance.truth().filter((row) => row.status === 'error' && row.gone === null && row.raw === null);
  if (failed.length === 0) return;
  for (let n = 1 + random.below(4); n > 0; n -= 1) {
    const outcome = random.chance(0.7) ? 'success' : 'error';
    instance.retry(random.pick(failed).id, { outcome, durationMs: random.chance(0.5) ? 900 : random.below(2 * DAY) });
  }
}

/** A person cancels one, or ends all that run by a restart. */
export function stopSome(instance: SimulatedInstance, random: Random): void {
  const open = openIds(instance);
  if (open.length === 0) return;
  if (random.chance(0.4)) instance.crashRunning();
  else instance.cancel(random.pick(open));
}

/** A row that no n8n should send. */
export function addOddRow(instance: SimulatedInstance, random: Random): void {
  const at = (ms: number): string => new Date(instance.clock.now() + ms).toISOString();
  const rows: Record<string, unknown>[] = [
    { id: `0198c7f2-${random.text(12, '0123456789abcdef')}` },
    { startedAt: at(-1_000), stoppedAt: at(-9_000) },
    { mode: 'telepathy' },
    // The first release's list has no status that could be unknown.
    instance.dialect.listHasStatus ? { status: 'paused', stoppedAt: null } : { mode: 'dream' },
    { workflowId: null },
    { startedAt: 'yesterday' },
  ];
  instance.addRaw(random.pick(rows));
}

/** Such a row is set aside, whoever reads it. */
export function isUnreadable({ raw }: TruthRow): boolean {
  return raw?.workflowId === null || raw?.startedAt === 'yesterday';
}
