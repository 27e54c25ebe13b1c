import { type SimulatedInstance } from '../simulated-instance.js';
import { type Json, type Mode, type Status } from '../vocabulary.js';
import { type Query } from './answer.js';
import { checkNames, instant } from './query.js';

const hour = 3_600_000;
/** Without a licence n8n looks back no further. */
const historyDays = 7;

const countedModes: ReadonlySet<Mode> = new Set<Mode>(['webhook', 'trigger', 'error', 'retry', 'chat']);
const countedStatuses: ReadonlySet<Status> = new Set<Status>(['success', 'error', 'crashed']);

/**
 * Production executions by the time they ended, those included that were never saved or are pruned by now. The
 * hour under way is not in yet. There is no earlier period to compare with, so every deviation is null.
 */
export function insightsSummary({ database, clock, dialect }: SimulatedInstance, query: Query): Json {
  checkNames(query, ['startDate', 'endDate', 'projectId'], dialect);
  const now = clock.now();
  const since = Math.floor(now / (24 * hour)) * 24 * hour - historyDays * 24 * hour;
  const from = Math.max(since, instant(query, 'startDate', since));
  const to = Math.min(Math.floor(now / hour) * hour, instant(query, 'endDate', now));
  const { executions, workflows } = database;
  let total = 0;
  let failed = 0;
  let minutes = 0;
  let runTime = 0;
  for (let id = executions.firstId; id <= executions.lastId; id++) {
    if (!(executions.stoppedAt(id) >= from && executions.stoppedAt(id) < to)) continue;
    const row = executions.read(id);
    if (!countedModes.has(row.mode) || !countedStatuses.has(row.status)) continue;
    total++;
    if (!Number.isNaN(row.startedAt)) runTime += Math.max(0, row.stoppedAt - row.startedAt);
    if (row.status === 'success') minutes += workflows.at(row.workflow).settings.timeSavedPerExecution ?? 0;
    else failed++;
  }
  const figure = (value: number, unit: string): Json => ({ value, unit, deviation: null });
  return {
    averageRunTime: figure(total === 0 ? 0 : runTime / total, 'millisecond'),
    failed: figure(failed, 'count'),
    failureRate: figure(total === 0 ? 0 : failed / total, 'ratio'),
    timeSaved: figure(minutes, 'minute'),
    total: figure(total, 'count'),
  };
}
