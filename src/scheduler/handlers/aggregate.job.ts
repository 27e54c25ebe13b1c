import { Injectable, Logger } from '@nestjs/common';
import { AggregatorService } from '../../aggregator/index.js';
import { ClientsService } from '../../clients/index.js';
import { DayMarks } from '../../collector/index.js';
import { type JobContext, RetryableJobError } from '../../jobs/index.js';
import { isClientGone } from './gone.js';

interface Totals extends Record<string, unknown> {
  clients: number;
  days_marked: number;
  days_recomputed: number;
  rows_written: number;
  days_remaining: number;
}

/** The database works for some while others wait for it or for this process; more would take connections from syncs and readers. */
const CLIENTS_AT_ONCE = 4;

/**
 * Brings rollups up to date. The nightly runs catch up whatever periods are over in the clients' zones, they do not define
 * them; a run that people ask for computes a range again.
 */
@Injectable()
export class AggregateJob {
  private readonly logger = new Logger(AggregateJob.name);

  constructor(
    private readonly clients: ClientsService,
    private readonly aggregator: AggregatorService,
    private readonly marks: DayMarks,
  ) {}

  /**
   * All clients, or the one of the job. With `start_date` and `end_date` in the payload their days are marked first, and their weeks
   * and months are merged anew, right or wrong.
   * @param seal the weeks and months of all days with raw data are merged anew
   */
  async run({ clientId, payload, signal, progress }: JobContext, { seal = false } = {}): Promise<Totals> {
    const ids = clientId === null ? (await this.clients.activeClients()).map(({ id }) => id) : [clientId];
    const totals: Totals = { clients: 0, days_marked: 0, days_recomputed: 0, rows_written: 0, days_remaining: 0 };
    const failed: string[] = [];
    const left = ids.values();
    const runner = async (): Promise<void> => {
      for (const id of left) {
        if (signal.aborted) return;
        try {
          await this.one(id, { payload, signal, seal }, totals);
        } catch (error) {
          if (isClientGone(error)) continue;
          this.logger.warn({ msg: 'rollups could not be brought up to date', client_id: id, err: error });
          failed.push(`client ${id}: ${error instanceof Error ? error.message : String(error)}`);
        }
        await progress({ ...totals, of_clients: ids.length });
      }
    };
    await Promise.all(Array.from({ length: CLIENTS_AT_ONCE }, runner));
    signal.throwIfAborted();
    // One client must not keep the others from their figures, but the job must not look well either.
    if (failed.length > 0)
      throw new RetryableJobError(`${failed.length} of ${ids.length} failed: ${failed.slice(0, 5).join('; ')}`);
    return totals;
  }

  private async one(
    id: number,
    { payload, signal, seal }: Pick<JobContext, 'payload' | 'signal'> & { seal: boolean },
    totals: Totals,
  ): Promise<void> {
    const { start_date: from, end_date: to } = payload;
    const range = typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
    const marked = range === null ? 0 : await this.marks.markRange(id, range.from, range.to);
    const done = await this.aggregator.recomputeAll(id, signal);
    const merged = await this.merge(id, range, seal);
    // Others add to the same totals: nothing may be awaited between reading and writing them.
    totals.clients += 1;
    totals.days_marked += marked;
    totals.days_recomputed += done.days;
    totals.rows_written += done.rowsWritten + merged;
    totals.days_remaining += done.remaining;
  }

  private async merge(id: number, range: { from: string; to: string } | null, seal: boolean): Promise<number> {
    if (range !== null) return (await this.aggregator.rebuildPeriods(id, range)).rowsWritten;
    return seal ? (await this.aggregator.rebuildLivePeriods(id)).rowsWritten : 0;
  }
}
