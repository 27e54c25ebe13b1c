import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { N8nClient, N8nError } from '../n8n-client/index.js';
import { DetailsRepository, type PendingDetail } from './details.repository.js';
import { type SyncRun } from './sync-run.js';
import { DetailWriter } from './detail-writer.js';

const BATCH = 50;
const MAX_MISSED_IN_A_ROW = 3;
/** Short, so that a sync that somebody waits for is soon over; the next slice comes a minute later, with the budget saved up meanwhile. */
const SLICE_MS = 20_000;

/** These speak about the instance or the budget, not about one payload: the stream stops and goes on in a later sync. */
const STOPS: ReadonlySet<string> = new Set([
  'budget_exhausted',
  'circuit_open',
  'rate_limited',
  'aborted',
  'bad_key',
  'forbidden',
  'refused',
  'dns',
]);

/**
 * Fetches why executions failed: newest first, one at a time, within half of the request budget. Resumable, because each row
 * says for itself that its detail is pending.
 */
@Injectable()
export class DetailsSync {
  constructor(
    private readonly n8n: N8nClient,
    private readonly details: DetailsRepository,
    private readonly writer: DetailWriter,
  ) {}

  /** @returns whether failures are left for a later sync */
  async sync(run: SyncRun, clock: Clock): Promise<boolean> {
    const until = clock.now().getTime() + SLICE_MS;
    let before: Date | null = null;
    let missedInARow = 0;
    for (;;) {
      const batch: PendingDetail[] = await this.details.pending(run.clientId, before, BATCH);
      if (batch.length === 0) return before !== null && (await this.details.countPending(run.clientId)) > 0;
      for (const detail of batch) {
        if (clock.now().getTime() >= until || run.context.signal.aborted) return true;
        const outcome = await this.fetchOne(run, detail, clock);
        missedInARow = outcome === 'missed' ? missedInARow + 1 : 0;
        // One payload may be broken; several in a row speak of the instance, and must not use up the tries of all the others.
        if (outcome === 'stop' || missedInARow >= MAX_MISSED_IN_A_ROW) return true;
        before = detail.startedAt;
      }
      await run.context.progress({ phase: 'details', fetched: run.counts.details_fetched });
    }
  }

  /** `stop`: the stream has to stop for now. */
  private async fetchOne(run: SyncRun, detail: PendingDetail, clock: Clock): Promise<'stored' | 'missed' | 'stop'> {
    try {
      const found = await this.n8n.getFailureDetail(run.target, detail.id, run.context.signal);
      if (found === null) await this.writer.missed(run.clientId, detail, 'not_found', true);
      else await this.writer.store(run, detail, found, clock.now());
      run.counts.details_fetched += 1;
      return 'stored';
    } catch (error) {
      if (!(error instanceof N8nError)) throw error;
      if (STOPS.has(error.code)) return 'stop';
      run.counts.details_failed += 1;
      await this.writer.missed(run.clientId, detail, error.code, error.code === 'too_large');
      return 'missed';
    }
  }
}
