import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type ClientLockState, type LockedManager } from '../database/index.js';
import { type ExecutionPage } from '../n8n-client/index.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionPages } from './execution-pages.js';
import { ExecutionStore } from './execution-store.js';
import { compareIds, countBetween, idsBetween } from './ids.js';
import { type KnownExecution } from './page-writer.js';
import { MAX_IN_GAP, PendingRepository } from './pending.repository.js';
import { type StatusResolver } from './status-resolver.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';

/** A walk does not go on for longer than this before other clients get their turn. */
const SLICE_MS = 60_000;
const MAX_HEAD_PAGES = 2_000;

/** A page of the walk with everything that storing it needs. */
interface WalkStep {
  page: ExecutionPage;
  rows: KnownExecution[];
  /** Lowest id stored before this page, newest first; `null` at the top. */
  previous: string | null;
  /** Ids at or below it are stored already; `null`: nothing is. */
  floor: string | null;
}

/**
 * Walks the list of executions from the newest down to the watermark. The watermark moves only when a walk has reached it:
 * then every visible execution below is stored. A walk that takes longer than one page keeps its position in the same
 * transaction as the rows, so the first backfill and a long catch-up go on where they were, whatever happens.
 */
@Injectable()
export class HeadWalk {
  constructor(
    private readonly pages: ExecutionPages,
    private readonly store: ExecutionStore,
    private readonly pending: PendingRepository,
    private readonly states: SyncStateRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns whether the walk has more to do in a later sync */
  async walk(run: SyncRun, state: SyncStateEntity): Promise<boolean> {
    const resolver = this.pages.resolver(run);
    const open = await this.walkHead(run, state, resolver);
    return open === null ? false : this.continueWalk(run, open, this.pages.resolver(run));
  }

  /** Stores what is newer than the open walk or the watermark. @returns the walk that is left to do, if any */
  private async walkHead(run: SyncRun, state: SyncStateEntity, resolver: StatusResolver): Promise<OpenWalk | null> {
    const openWalk = openWalkOf(state);
    let floor = openWalk?.top ?? state.watermark;
    let previous: string | null = null;
    let top: string | null = null;
    const until = this.clock.now().getTime() + SLICE_MS;
    for (let n = 0; n < MAX_HEAD_PAGES && this.clock.now().getTime() < until; n += 1) {
      const page = await this.pages.below(run, previous);
      const newest = page.rows[0]?.id;
      if (newest === undefined) break;
      // The instance's newest id lies below what was seen before: it was pruned or replaced. Walk all of it once more.
      if (top === null && floor !== null && compareIds(newest, floor) < 0) floor = null;
      top ??= newest;
      const step: WalkStep = { page, rows: await resolver.resolve(page.rows), previous, floor };
      const lowest = page.rows.at(-1)?.id ?? newest;
      const done = reached(page, floor) || page.nextCursor === null;
      const isFirstOfLongWalk = !done && n === 0 && openWalk === null;
      await this.storeStep(run, step, done, async (manager) => {
        if (done) await this.states.patch(run.clientId, openWalk === null ? { watermark: top } : { walkTop: top }, manager);
        if (isFirstOfLongWalk) {
          const fields = {
            walkTop: top,
            walkPosition: lowest,
            walkStartedAt: this.clock.now(),
            walkRows: page.rows.length,
            watermark: floor,
          };
          await this.states.patch(run.clientId, fields, manager);
        }
      });
      if (isFirstOfLongWalk) return { top, position: lowest, floor, rows: page.rows.length };
      if (done) return openWalk === null ? null : { ...openWalk, top };
      previous = lowest;
    }
    return openWalk;
  }

  /** Goes on downwards from the walk's position, for one slice of time. @returns whether there is more to do */
  private async continueWalk(run: SyncRun, walk: OpenWalk, resolver: StatusResolver): Promise<boolean> {
    const until = this.clock.now().getTime() + SLICE_MS;
    let { position, rows: total } = walk;
    for (let n = 0; n < MAX_HEAD_PAGES && this.clock.now().getTime() < until; n += 1) {
      run.context.signal.throwIfAborted();
      const page = await this.pages.below(run, position);
      const step: WalkStep = { page, rows: await resolver.resolve(page.rows), previous: position, floor: walk.floor };
      const lowest = page.rows.at(-1)?.id ?? position;
      total += page.rows.length;
      let ended = page.nextCursor === null || reached(page, walk.floor);
      const fields = { walkPosition: lowest, walkRows: total };
      const { beforeRetention } = await this.storeStep(run, step, ended, async (manager) => {
        await this.states.patch(run.clientId, ended ? finished(walk.top) : fields, manager);
      });
      if (!ended && step.rows.length > 0 && beforeRetention === step.rows.length) {
        await this.states.patch(run.clientId, finished(walk.top));
        ended = true;
      }
      position = lowest;
      await run.context.progress({ phase: 'backfill', position, rows: total });
      if (ended) return false;
    }
    return true;
  }

  /** Stores one page; ids missing among the new ones go to the ledger, a list that ends above the floor becomes a gap. */
  private async storeStep(
    run: SyncRun,
    step: WalkStep,
    ended: boolean,
    within: (manager: LockedManager) => Promise<void>,
  ): Promise<{ beforeRetention: number }> {
    return this.store.store(run, this.clock, step.rows, async (manager, state) => {
      const missing = missingIds(step, ended);
      await this.pending.add(manager, state, 'missing', missing, this.clock.now());
      if (ended && !reached(step.page, step.floor)) await this.judgeEnd(manager, state, step);
      await within(manager);
    });
  }

  /** The list ended above the watermark: whatever lies between may have been pruned before it was collected. */
  private async judgeEnd(manager: LockedManager, state: ClientLockState, step: WalkStep): Promise<void> {
    const oldest = step.rows.at(-1);
    if (oldest === undefined || step.floor === null) return;
    const missing = countBetween(oldest.id, step.floor);
    if (missing === 0) return;
    const to = oldest.startedAt ?? this.clock.now();
    const from = (await this.states.load(state.clientId, manager))?.executionsSyncedAt ?? to;
    const gap = {
      from: from < to ? from : to,
      to,
      reason: 'pruned_before_collection',
      missingIds: missing,
      confidence: 'possible',
    };
    await this.states.addGap(manager, state.clientId, gap, this.clock.now());
  }
}

/** A walk that has not reached its floor. */
interface OpenWalk {
  top: string;
  position: string;
  floor: string | null;
  rows: number;
}

function openWalkOf(state: SyncStateEntity): OpenWalk | null {
  if (state.walkTop === null || state.walkPosition === null) return null;
  return { top: state.walkTop, position: state.walkPosition, floor: state.watermark, rows: state.walkRows };
}

function finished(top: string): { watermark: string; walkTop: null; walkPosition: null; walkStartedAt: null } {
  return { watermark: top, walkTop: null, walkPosition: null, walkStartedAt: null };
}

function reached(page: ExecutionPage, floor: string | null): boolean {
  return floor !== null && page.rows.some((row) => compareIds(row.id, floor) <= 0);
}

/** Ids between neighbours above the floor that the list does not show: running or waiting out of sight, or gone. */
function missingIds(step: WalkStep, ended: boolean): string[] {
  const { floor } = step;
  const fresh = step.page.rows.map((row) => row.id).filter((id) => floor === null || compareIds(id, floor) > 0);
  const ids: string[] = [];
  let newer = step.previous;
  for (const id of fresh) {
    if (newer !== null) ids.push(...idsBetween(newer, id, MAX_IN_GAP));
    newer = id;
  }
  if (ended && newer !== null && floor !== null && reached(step.page, floor)) ids.push(...idsBetween(newer, floor, MAX_IN_GAP));
  return ids;
}
