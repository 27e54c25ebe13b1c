import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { cursorAfter, N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { ExecutionStore } from './execution-store.js';
import { compareIds, nextId } from './ids.js';
import { type KnownExecution } from './page-writer.js';
import { type DueExecution, PendingRepository } from './pending.repository.js';
import { isAboutOneThing } from './one-thing.js';
import { isFinal } from './statuses.js';
import { StatusResolver } from './status-resolver.js';
import { type SyncRun } from './sync-run.js';
import { LedgerWriter } from './ledger-writer.js';

const MAX_DUE = 250;
/** A band costs one page, so it pays from here on. */
const MIN_BAND = 4;
const MAX_BANDS = 10;
const MAX_OPEN_SINGLES = 100;
/** Most missing ids were never saved: they are looked for without hurry. */
const MAX_MISSING_SINGLES = 30;
const MAX_RUNNING_PAGES = 20;
/** A day at the default interval: executions that are gone for so long are gone, however many they are. */
const BELIEVE_AFTER_TRIES = 96;

/** What looking at the due ids came to. */
interface Findings {
  found: Map<string, KnownExecution>;
  /** Neither listed nor known to n8n. */
  absent: DueExecution[];
}

/** Looks again at executions that were not final when they were last seen, and at ids that were missing. */
@Injectable()
export class PendingSync {
  private readonly logger = new Logger(PendingSync.name);

  constructor(
    private readonly n8n: N8nClient,
    private readonly store: ExecutionStore,
    private readonly ledger: LedgerWriter,
    private readonly pending: PendingRepository,
  ) {}

  /** Running executions first (where n8n lists them), then the ledger: bands by one page, the rest one by one. */
  async sync(run: SyncRun, epoch: number, clock: Clock): Promise<void> {
    await this.syncRunning(run, clock);
    const due = await this.pending.due(run.clientId, epoch, clock.now(), MAX_DUE);
    if (due.length === 0) return;
    const { found, absent } = await this.lookUp(run, due);
    await this.store.store(run, clock, [...found.values()]);
    run.counts.pending_resolved += [...found.values()].filter((row) => isFinal(row.status)).length;
    const stillOpen = due.filter(({ id }) => !isFinal(found.get(id)?.status ?? 'unknown')).map(({ id }) => id);
    const absentOpen = absent.filter(({ kind }) => kind === 'open');
    const gone = absentOpen.map(({ id }) => id);
    const openBefore = due.filter(({ kind }) => kind === 'open').length;
    const isNews = absentOpen.some(({ tries }) => tries < BELIEVE_AFTER_TRIES);
    const suspicious = isNews && gone.length >= 3 && gone.length * 2 > openBefore;
    if (suspicious) {
      this.logger.warn(
        `client ${run.clientId}: ${gone.length} of ${openBefore} open executions are gone at once; none is marked. Has the API key lost a permission?`,
      );
    }
    const vanished = suspicious ? [] : gone;
    await this.ledger.settle(run.clientId, stillOpen, vanished, clock.now());
    run.counts.vanished += vanished.length;
  }

  private async syncRunning(run: SyncRun, clock: Clock): Promise<void> {
    if (!run.capabilities.runningList) return;
    let cursor: string | undefined;
    for (let n = 0; n < MAX_RUNNING_PAGES; n += 1) {
      const page = await this.n8n.listExecutions(run.target, {
        status: 'running',
        cursor,
        limit: run.capabilities.pageSize,
        signal: run.context.signal,
      });
      const rows = page.rows.map((row) => ({ ...row, status: row.status ?? 'running' }));
      if (rows.length > 0) await this.store.store(run, clock, rows);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  private async lookUp(run: SyncRun, due: readonly DueExecution[]): Promise<Findings> {
    const found = new Map<string, KnownExecution>();
    const hidden = due.length < MIN_BAND ? [...due] : await this.readBands(run, due, found);
    const absent: DueExecution[] = [];
    const open = hidden.filter(({ kind }) => kind === 'open').slice(0, MAX_OPEN_SINGLES);
    const missing = hidden.filter(({ kind }) => kind === 'missing').slice(0, MAX_MISSING_SINGLES);
    for (const item of [...open, ...missing]) {
      run.context.signal.throwIfAborted();
      const row = await this.lookAt(run, item.id);
      if (row === null) absent.push(item);
      else if (row !== 'unreadable') found.set(row.id, { ...row, status: row.status ?? 'unknown' });
    }
    return { found, absent };
  }

  /** `unreadable`: n8n fails at this one execution; it is looked at again later and must not stop the others. */
  private async lookAt(run: SyncRun, id: string): Promise<N8nExecution | null | 'unreadable'> {
    try {
      return await this.n8n.getExecution(run.target, id, run.context.signal);
    } catch (error) {
      if (isAboutOneThing(error)) return 'unreadable';
      throw error;
    }
  }

  /** Reads pages that begin just above the newest due id. @returns the ids that those pages passed without showing them */
  private async readBands(
    run: SyncRun,
    due: readonly DueExecution[],
    found: Map<string, KnownExecution>,
  ): Promise<DueExecution[]> {
    const byId = new Map(due.map((item) => [item.id, item]));
    let left = [...due].sort((a, b) => compareIds(b.id, a.id));
    const hidden: DueExecution[] = [];
    for (let band = 0; band < MAX_BANDS; band += 1) {
      const above = left[0] === undefined ? null : nextId(left[0].id);
      if (above === null) break;
      const page = await this.n8n.listExecutions(run.target, {
        cursor: cursorAfter(above, run.capabilities.pageSize),
        limit: run.capabilities.pageSize,
        signal: run.context.signal,
      });
      const wanted = page.rows.filter((row) => byId.has(row.id));
      for (const row of await new StatusResolver(this.n8n, run).resolve(wanted)) found.set(row.id, row);
      const lowest = page.nextCursor === null ? null : (page.rows.at(-1)?.id ?? null);
      const passed = left.filter(({ id }) => lowest === null || compareIds(id, lowest) >= 0);
      hidden.push(...passed.filter(({ id }) => !found.has(id)));
      left = left.slice(passed.length);
      if (passed.length === 0) break;
    }
    return [...hidden, ...left];
  }
}
