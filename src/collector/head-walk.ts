import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type UnreadPage } from '../n8n-client/index.js';
import { type Ahead } from './ahead.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionPages } from './execution-pages.js';
import { ExecutionStore, type StoredPage, type Within } from './execution-store.js';
import { compareIds } from './ids.js';
import { PageReader, type ReaderHooks } from './page-reader.js';
import { isFinal, isShownOpen } from './statuses.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';
import { WalkLedger } from './walk-ledger.js';
import { backfillProgress } from './walk-progress.js';
import { madeAfter, type Mark, markOf, reached, type WalkStep } from './walk-step.js';

/** A walk does not go on for longer than this before other clients get their turn. */
const SLICE_MS = 60_000;
const MAX_PAGES = 2_000;

/** What a walk came to. */
export interface WalkResult {
  /** It has more to do in a later sync. */
  more: boolean;
  /** Executions above what was known. */
  arrived: number;
  /** Set when the walk came to the end of n8n's list: everything that the instance shows. */
  visible: { rows: number; oldest: Mark } | null;
  /** Set when a first walk has more to do: ids below it are still to come, and taken for new then unless they are open. */
  unseenBelow: string | null;
}

/** One turn of a walk. */
interface Slice {
  reader: PageReader;
  /** Whether to take another stretch. */
  goesOn: () => boolean;
}

/** A walk that has not reached its floor. */
interface OpenWalk {
  top: string;
  /** Whatever has a higher id was made after this instant. */
  topAt: Date;
  position: Mark;
  floor: string | null;
  /** The same of the floor. */
  floorAt: Date | null;
  rows: number;
  startedAt: Date;
  /** Nothing was stored when it began. */
  fresh: boolean;
}

/** What of the stretch that a walk has not seen yet can be stored already: of a fresh one only what is open; `undefined`: anything. */
type MayBeStored = Set<string> | undefined;

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
    private readonly ledger: WalkLedger,
    private readonly states: SyncStateRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @param top the first page of the list
   * @param listRead called when the last page that is known to be wanted has come, while it is still to be stored; not at all when the
   *   walk ends early
   * @throws ContradictionError when another database answers; what was stored before it stays
   */
  async walk(run: SyncRun, state: SyncStateEntity, top: Ahead<UnreadPage>, listRead: () => void): Promise<WalkResult> {
    const result: WalkResult = { more: false, arrived: 0, visible: null, unseenBelow: null };
    const openWalk = openWalkOf(state);
    const known = openWalk?.top ?? state.watermark;
    const mayBeStored = (openWalk?.fresh ?? known === null) ? await this.store.openIds(run.clientId) : undefined;
    let slice = this.sliceFrom(run, null, known, { top, ended: openWalk === null ? listRead : undefined });
    try {
      const open = await this.walkHead(run, state, slice, known === null ? mayBeStored : undefined, result);
      if (open === null) return result;
      if (openWalk !== null) {
        // Everything down to its top is stored: the older walk goes on where it was.
        await slice.reader.close();
        slice = this.sliceFrom(run, open.position.id, open.floor, { ended: listRead });
      }
      result.more = await this.continueWalk(run, open, slice, mayBeStored, result);
    } finally {
      await slice.reader.close();
    }
    return result;
  }

  /** A reader that asks for nothing new when its time is over; what it has read by then is still stored. */
  private sliceFrom(
    run: SyncRun,
    position: string | null,
    floor: string | null,
    hooks: Pick<ReaderHooks, 'top' | 'ended'>,
  ): Slice {
    const until = this.clock.now().getTime() + SLICE_MS;
    const isTime = (): boolean => this.clock.now().getTime() < until;
    const goOn = (lowest: string): boolean => isTime() && (floor === null || compareIds(lowest, floor) > 0);
    const reader = new PageReader(this.pages, run, position, { ...hooks, goOn });
    return { reader, goesOn: () => isTime() || reader.holdsPages };
  }

  /** Stores what is newer than the open walk or the watermark. @returns the walk that is left to do, if any */
  private async walkHead(
    run: SyncRun,
    state: SyncStateEntity,
    { reader, goesOn }: Slice,
    mayBeStored: MayBeStored,
    result: WalkResult,
  ): Promise<OpenWalk | null> {
    const resolver = this.pages.resolver(run);
    const openWalk = openWalkOf(state);
    const known = openWalk?.top ?? state.watermark;
    const floorAt = openWalk?.topAt ?? state.watermarkAt;
    const fresh = known === null;
    let floor = known;
    let previous: Mark | null = null;
    let top: string | null = null;
    let topAt = run.startedAt;
    for (let n = 0; n < MAX_PAGES && goesOn(); n += 1) {
      const page = await reader.next();
      const newest = page.rows[0];
      if (newest === undefined) break;
      // The newest id lies below what was seen before: it was deleted, or the database is another one.
      const isLower = top === null && known !== null && compareIds(newest.id, known) < 0;
      if (isLower) floor = null;
      const rows = await resolver.resolve(page.rows);
      const step: WalkStep = { page, rows, previous, floor, floorAt, oldest: run.retentionFloor };
      if (top === null) topAt = topMadeAfter(step, isLower ? null : floorAt, run.startedAt);
      top ??= newest.id;
      const newTop = top;
      const lowest = markOf(step.rows.at(-1) ?? step.rows[0] ?? { ...newest, status: '' }, this.clock.now());
      const ends = reached(page, floor) || page.nextCursor === null;
      result.arrived += known === null ? 0 : page.rows.filter((row) => compareIds(row.id, known) > 0).length;
      const isFirstOfLong = !ends && n === 0 && openWalk === null;
      let done = ends;
      await this.storeStep(run, step, { ended: ends, mayBeStored }, async (manager, _state, written) => {
        // Stored rows agree: the same database, whose newest executions are gone. Nothing else is new.
        if (isLower && written.agrees) done = true;
        if (done) await this.states.patch(run.clientId, toppedBy(newTop, topAt, openWalk === null), manager);
        else if (isFirstOfLong) {
          await this.states.patch(
            run.clientId,
            begun(newTop, lowest, floor, { run, rows: page.rows.length, fresh, topAt }),
            manager,
          );
        }
      });
      if (done) {
        if (page.nextCursor === null && openWalk === null) result.visible = { rows: page.rows.length, oldest: lowest };
        return openWalk === null ? null : { ...openWalk, top: newTop, topAt };
      }
      const began = { topAt, floorAt, startedAt: run.startedAt, fresh };
      if (isFirstOfLong) return { top: newTop, position: lowest, floor, rows: page.rows.length, ...began };
      previous = lowest;
    }
    return openWalk;
  }

  /** Goes on downwards from the walk's position, for one slice of time. @returns whether there is more to do */
  private async continueWalk(
    run: SyncRun,
    walk: OpenWalk,
    { reader, goesOn }: Slice,
    mayBeStored: MayBeStored,
    result: WalkResult,
  ): Promise<boolean> {
    const resolver = this.pages.resolver(run);
    let { position, rows: total } = walk;
    for (let n = 0; n < MAX_PAGES && goesOn(); n += 1) {
      run.context.signal.throwIfAborted();
      const page = await reader.next();
      const rows = await resolver.resolve(page.rows);
      const { floor, floorAt } = walk;
      const step: WalkStep = { page, rows, previous: position, floor, floorAt, oldest: run.retentionFloor };
      const last = step.rows.at(-1);
      if (last !== undefined) position = markOf(last, this.clock.now());
      total += page.rows.length;
      result.arrived += walk.floor === null ? 0 : page.rows.filter((row) => compareIds(row.id, walk.floor ?? '') > 0).length;
      const listEnded = page.nextCursor === null;
      const ended = listEnded || reached(page, walk.floor);
      const fields = { walkPosition: position.id, walkPositionAt: position.at, walkRows: total };
      const { beforeRetention } = await this.storeStep(run, step, { ended, mayBeStored }, async (manager) => {
        await this.states.patch(run.clientId, ended ? finished(walk) : fields, manager);
      });
      await run.context.progress(backfillProgress(walk.startedAt, position, total, this.clock.now(), run.retentionFloor));
      if (listEnded) result.visible = { rows: total, oldest: position };
      if (ended) return false;
      if (step.rows.length > 0 && beforeRetention === step.rows.length) {
        await this.states.patch(run.clientId, finished(walk));
        return false;
      }
    }
    if (walk.fresh) result.unseenBelow = position.id;
    return true;
  }

  /** Stores one page; ids missing among the new ones go to the ledger, a list that ends above the floor becomes a gap. */
  private async storeStep(
    run: SyncRun,
    step: WalkStep,
    how: { ended: boolean; mayBeStored: MayBeStored },
    within: Within,
  ): Promise<StoredPage> {
    const stored = await this.store.store(
      run,
      this.clock,
      step.rows,
      async (manager, state, written) => {
        await this.ledger.write(manager, state, step, how.ended, this.clock.now());
        await within(manager, state, written);
      },
      how.mayBeStored,
    );
    for (const row of step.rows) {
      // Should the instance repeat them, they may have another start by then.
      if (!isFinal(row.status) || row.startedAt === null) how.mayBeStored?.add(row.id);
      if (isShownOpen(row.status)) run.shownOpen.add(row.id);
    }
    return stored;
  }
}

function openWalkOf(state: SyncStateEntity): OpenWalk | null {
  if (state.walkTop === null || state.walkPosition === null) return null;
  const startedAt = state.walkStartedAt ?? new Date(0);
  const position = { id: state.walkPosition, at: state.walkPositionAt ?? startedAt };
  return {
    top: state.walkTop,
    topAt: state.walkTopAt ?? startedAt,
    floorAt: state.watermarkAt,
    position,
    floor: state.watermark,
    rows: state.walkRows,
    startedAt,
    fresh: state.walkFresh,
  };
}

/** Whatever will come above this first page was made after this instant. */
function topMadeAfter({ page, rows, oldest }: WalkStep, before: Date | null, now: Date): Date {
  const marks = rows.map((row) => markOf(row, now));
  return madeAfter(marks, page.nextCursor === null, before ?? oldest);
}

/** The state of a walk that its first page does not end. */
function begun(
  top: string,
  position: Mark,
  floor: string | null,
  { run, rows, fresh, topAt }: { run: SyncRun; rows: number; fresh: boolean; topAt: Date },
): Partial<SyncStateEntity> {
  const walk = {
    walkTop: top,
    walkTopAt: topAt,
    walkPosition: position.id,
    walkPositionAt: position.at,
    walkStartedAt: run.startedAt,
    walkRows: rows,
    walkFresh: fresh,
  };
  return { ...walk, watermark: floor };
}

/** The list is stored from this id down to the open walk, or to the watermark when there is none. */
function toppedBy(top: string, at: Date, isWatermark: boolean): Partial<SyncStateEntity> {
  return isWatermark ? { watermark: top, watermarkAt: at } : { walkTop: top, walkTopAt: at };
}

/** The walk has come to its end: everything visible from its top on is stored. */
function finished({ top, topAt }: OpenWalk): Partial<SyncStateEntity> {
  const none = { walkTop: null, walkTopAt: null, walkPosition: null, walkPositionAt: null, walkStartedAt: null };
  return { watermark: top, watermarkAt: topAt, ...none };
}
