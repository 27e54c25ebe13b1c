import { Injectable } from '@nestjs/common';
import { AggregatorService } from '../../aggregator/index.js';
import { type ChangeProgress, PendingChanges } from '../../collector/index.js';
import { type JobContext } from '../../jobs/index.js';
import { isClientGone } from './gone.js';

/** Applies changed rules or a changed zone to what is stored. Only a hint: the client's next syncs would do the same, bit by bit. */
@Injectable()
export class ConfigurationJob {
  constructor(
    private readonly changes: PendingChanges,
    private readonly aggregator: AggregatorService,
  ) {}

  async run({ clientId, signal, progress }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('applying a configuration needs a client');
    try {
      const { judged, changed } = await this.changes.applyAll(clientId, signal, (step) => progress(shown(step)));
      await progress({ phase: 'rollups', percent: 100, rows_judged: judged, rows_changed: changed });
      const { days, rowsWritten, remaining } = await this.aggregator.recomputeAll(clientId, signal);
      return {
        rows_judged: judged,
        reclassified: changed,
        days_recomputed: days,
        rollup_rows_written: rowsWritten,
        days_remaining: remaining,
      };
    } catch (error) {
      if (isClientGone(error)) return { skipped: 'client_not_found' };
      throw error;
    }
  }
}

/** Counted from the beginning of the re-classification, also where another run, killed or not, has done a part of it. */
function shown({ judged, changed, total, doneBefore, position }: ChangeProgress): Record<string, unknown> {
  const done = Math.min(total, doneBefore + judged);
  return {
    phase: 'verdicts',
    percent: position === null || total === 0 ? 100 : Math.floor((100 * done) / total),
    rows_done: done,
    rows_total: total,
    rows_judged: judged,
    rows_changed: changed,
    position: position?.toISOString() ?? null,
  };
}
