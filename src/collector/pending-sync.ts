import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Ahead } from './ahead.js';
import { ExecutionLooks, type Findings } from './execution-looks.js';
import { ExecutionStore } from './execution-store.js';
import { compareIds } from './ids.js';
import { type KnownExecution } from './known-execution.js';
import { LedgerWriter } from './ledger-writer.js';
import { type DueExecution, PendingRepository } from './pending.repository.js';
import { isFinal } from './statuses.js';
import { type SyncRun } from './sync-run.js';

/** So many are looked at in every sync; more take turns. */
const BATCH = 250;
const MAX_BATCHES = 40;
const SLICE_MS = 60_000;
/** A day at the default interval: executions that are gone for so long are gone, however many they are. */
const BELIEVE_AFTER_TRIES = 96;
const HOUR_MS = 60 * 60_000;
/** What n8n keeps by default: what is missing for longer will not show up. */
const DEFAULT_WINDOW_HOURS = 336;
/** A burst may make the window look shorter than any wait for something late. */
const SHORTEST_WINDOW_HOURS = 24;

/** Pages of executions that n8n lists as open. */
export type OpenList = Ahead<IteratorResult<KnownExecution[], void>>;

/** Looks again at executions that were not final when they were last seen, and at ids that were missing. */
@Injectable()
export class PendingSync {
  private readonly logger = new Logger(PendingSync.name);

  constructor(
    private readonly looks: ExecutionLooks,
    private readonly store: ExecutionStore,
    private readonly ledger: LedgerWriter,
    private readonly pending: PendingRepository,
  ) {}

  /** What n8n lists as open. Its first page can be asked for as soon as the ordinary list has been read. */
  openList(run: SyncRun): OpenList {
    const pages = this.looks.listed(run);
    return new Ahead(() => pages.next());
  }

  /**
   * What n8n lists as running first, then the ledger. Up to 250 ids are all looked at; of more, the open ones and the missing ones whose
   * time has come, until a minute has passed.
   * @param open what n8n lists as running, asked for already or not
   * @param unseenBelow ids below it are left to the first walk, which has not come to them
   * @param windowHours how far back the instance shows executions, `null` when it is not known to prune
   */
  async sync(
    run: SyncRun,
    open: OpenList,
    { windowHours, unseenBelow }: { windowHours: number | null; unseenBelow: string | null },
    clock: Clock,
  ): Promise<void> {
    const until = clock.now().getTime() + SLICE_MS;
    await this.storeListed(run, open, clock);
    const giveUpBefore = new Date(
      clock.now().getTime() - Math.max(SHORTEST_WINDOW_HOURS, windowHours ?? DEFAULT_WINDOW_HOURS) * HOUR_MS,
    );
    const all = await this.pending.allIfFew(run.clientId, clock.now(), BATCH);
    const looked: string[] = [];
    for (let n = 0; n < MAX_BATCHES && clock.now().getTime() < until; n += 1) {
      const waiting = all ?? (await this.pending.due(run.clientId, clock.now(), BATCH, looked));
      const due = waiting.filter(({ id }) => unseenBelow === null || compareIds(id, unseenBelow) >= 0);
      if (waiting.length === 0) return;
      const hidden = due.filter(({ id }) => !run.shownOpen.has(id));
      const findings = await this.looks.look(run, hidden, clock, until);
      await this.settle(run, due, { findings, giveUpBefore }, clock);
      if (all !== null) return;
      looked.push(...waiting.map(({ id }) => id));
    }
  }

  private async storeListed(run: SyncRun, open: OpenList, clock: Clock): Promise<void> {
    for (let page = await open.take(); page.done !== true; page = await open.take()) {
      await this.store.store(run, clock, page.value);
      for (const row of page.value) run.shownOpen.add(row.id);
    }
  }

  private async settle(
    run: SyncRun,
    due: readonly DueExecution[],
    { findings, giveUpBefore }: { findings: Findings; giveUpBefore: Date },
    clock: Clock,
  ): Promise<void> {
    const { found, absent, looked } = findings;
    if (found.size > 0) await this.store.store(run, clock, [...found.values()]);
    const final = new Set([...found.values()].filter((row) => isFinal(row.status)).map((row) => row.id));
    run.counts.pending_resolved += final.size;
    const absentOpen = absent.filter(({ kind }) => kind === 'open');
    const open = due.filter(({ kind }) => kind === 'open').length;
    const isNews = absentOpen.some(({ tries }) => tries < BELIEVE_AFTER_TRIES);
    const isSuspicious = isNews && absentOpen.length >= 3 && absentOpen.length * 2 > open;
    if (isSuspicious) {
      this.logger.warn(
        `client ${run.clientId}: ${absentOpen.length} of ${open} open executions are gone at once; none is marked. Has the API key lost a permission?`,
      );
    }
    const vanished = isSuspicious ? [] : absentOpen.map(({ id }) => id);
    const stillOpen = due.map(({ id }) => id).filter((id) => !final.has(id) && (looked.has(id) || run.shownOpen.has(id)));
    run.counts.given_up += await this.ledger.settle(run.clientId, { stillOpen, vanished, giveUpBefore }, clock.now());
    run.counts.vanished += vanished.length;
  }
}
