import { Injectable } from '@nestjs/common';
import { DirtyDaysRepository } from '../collector/index.js';
import { addDays, Clock, type LocalDay, periodStartOf, periodStarts } from '../common/index.js';
import { firstLiveDay, isFrozen } from './frozen.js';
import { longPeriodTypes, RollupsRepository, type WrittenDay } from './rollups.repository.js';

/** What a recomputation did. */
export interface Recomputed {
  /** Dirty days that are clean now. */
  days: number;
  /** Rollup rows written or removed; rows that were right already are not touched. */
  rowsWritten: number;
  /** Dirty days still to do. */
  remaining: number;
}

type Manager = Parameters<Parameters<RollupsRepository['locked']>[1]>[0];

/**
 * Days of one transaction. A loop finds the number that keeps it short, for clients have ten or a hundred thousand executions
 * a day; too few cost more, because each batch merges its weeks and months anew.
 */
const FIRST_BATCH = 7;
const LARGEST_BATCH = 32;
const SHORT_MS = 800;
const LONG_MS = 2_500;
/** More batches than a client has days: a loop that reaches it is fed faster than it works, and the next run goes on. */
const MOST_BATCHES = 1_000;
/** A week start that is changed again while weeks are rebuilt has them rebuilt again; more often than this is left to the next run. */
const MOST_REBUILDS = 3;
/** Days whose weeks and months are rebuilt in one transaction. */
const REBUILD_STEP = 63;

/**
 * Keeps the law: once the list of dirty days is empty, every rollup equals what its raw executions give. Day rows come from
 * raw, week and month rows from day rows. Everything is recomputed and overwritten, so that any step may be repeated.
 */
@Injectable()
export class AggregatorService {
  constructor(
    private readonly rollups: RollupsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Recomputes the newest dirty days of a client and the weeks and months they are in, in one transaction under the client's
   * lock. Days whose raw data is partly gone keep their rows and are only taken off the list. Weeks that begin on another day than the
   * client's do now are all rebuilt first.
   */
  async recompute(clientId: number, { maxDays = FIRST_BATCH }: { maxDays?: number } = {}): Promise<Recomputed> {
    let rowsWritten = 0;
    for (let tries = 0; tries < MOST_REBUILDS; tries += 1) {
      const done = await this.recomputeOnce(clientId, maxDays);
      if (done !== null) return { ...done, rowsWritten: rowsWritten + done.rowsWritten };
      rowsWritten += (await this.rebuildPeriods(clientId)).rowsWritten;
    }
    return { days: 0, rowsWritten, remaining: await this.dirtyDays.countDays(clientId) };
  }

  /** @returns `null` when all weeks have to be rebuilt: that shows in the rows themselves, so no crash can make anyone forget it */
  private async recomputeOnce(clientId: number, maxDays: number): Promise<Recomputed | null> {
    const result = await this.rollups.locked(clientId, async (manager, { timezone, weekStartsOn, rawFloor }) => {
      if (await this.rollups.hasWeeksOfAnotherStart(manager, clientId)) return null;
      const { days, left } = await this.dirtyDays.claimDays(manager, clientId, maxDays);
      if (days.length === 0) return { days: 0, rowsWritten: 0, remaining: 0, leftOver: [] };
      const live = days.filter((day) => !isFrozen(day, timezone, rawFloor));
      const firstLive = firstLiveDay(timezone, rawFloor);
      const { rowsWritten, leftOver } = await this.writeRows(manager, clientId, live, { timezone, weekStartsOn, firstLive });
      await this.dirtyDays.markDays(manager, clientId, leftOver);
      if (rowsWritten > 0) await this.rollups.raiseDataVersion(manager, clientId);
      return { days: days.length, rowsWritten, remaining: left, leftOver };
    });
    if (result === null) return null;
    const { leftOver, ...done } = result;
    return leftOver.length === 0 ? done : { ...done, remaining: await this.dirtyDays.countDays(clientId) };
  }

  /** Recomputes batch by batch until no dirty day is left, or the signal says stop. */
  async recomputeAll(clientId: number, signal?: AbortSignal): Promise<Recomputed> {
    const total: Recomputed = { days: 0, rowsWritten: 0, remaining: 0 };
    let maxDays = FIRST_BATCH;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const began = this.clock.now().getTime();
      const done = await this.recompute(clientId, { maxDays });
      const took = this.clock.now().getTime() - began;
      if (took > LONG_MS) maxDays = Math.max(1, Math.floor(maxDays / 2));
      else if (took < SHORT_MS) maxDays = Math.min(LARGEST_BATCH, maxDays * 2);
      total.days += done.days;
      total.rowsWritten += done.rowsWritten;
      total.remaining = done.remaining;
      if (done.remaining === 0 || signal?.aborted === true) break;
    }
    return total;
  }

  /**
   * Rebuilds the weeks and months that touch a range from day rows; no raw data is needed. Without a range all of them: that
   * is what a changed week start asks for, and what clears the rows of the former one. Returns how many rows were written or removed.
   */
  async rebuildPeriods(clientId: number, range?: { from: LocalDay; to: LocalDay }): Promise<{ rowsWritten: number }> {
    const span = range ?? (await this.rollups.span(clientId));
    let rowsWritten = 0;
    // Newest first: a row of another week start lies in the week that it begins in and in the one after, and it is the only sign that
    // both have to be rebuilt. It goes with the former, when the latter is done.
    for (let to = span?.to; span !== undefined && to !== undefined && to >= span.from; to = addDays(to, -REBUILD_STEP)) {
      const from = addDays(to, 1 - REBUILD_STEP);
      const days = { from: from > span.from ? from : span.from, to };
      rowsWritten += await this.rebuildStep(clientId, days, range === undefined);
    }
    return { rowsWritten };
  }

  /**
   * Merges the weeks and months anew that days with raw data are in. Days that come one at a time only shift them; this is what keeps a
   * row that was wrong once, for whatever reason, from staying wrong.
   */
  async rebuildLivePeriods(clientId: number): Promise<{ rowsWritten: number }> {
    const span = await this.rollups.span(clientId);
    if (span === undefined) return { rowsWritten: 0 };
    const firstLive = await this.rollups.locked(clientId, (_manager, { timezone, rawFloor }) =>
      Promise.resolve(firstLiveDay(timezone, rawFloor)),
    );
    return this.rebuildPeriods(clientId, { from: firstLive > span.from ? firstLive : span.from, to: span.to });
  }

  private async rebuildStep(clientId: number, { from, to }: { from: LocalDay; to: LocalDay }, cleared: boolean): Promise<number> {
    return this.rollups.locked(clientId, async (manager, { weekStartsOn }) => {
      const now = this.clock.now();
      let rows = 0;
      for (const type of longPeriodTypes) {
        const starts = periodStarts(type, from, to, weekStartsOn);
        rows += (await this.rollups.writePeriods(manager, clientId, { type, starts, cleared }, now)).rows;
      }
      if (rows > 0) await this.rollups.raiseDataVersion(manager, clientId);
      return rows;
    });
  }

  /** `leftOver`: days that rows of a former zone stand on, which nobody has marked when that zone was in force for a moment only. */
  private async writeRows(
    manager: Manager,
    clientId: number,
    days: readonly LocalDay[],
    { timezone, weekStartsOn, firstLive }: { timezone: string; weekStartsOn: number; firstLive: LocalDay },
  ): Promise<{ rowsWritten: number; leftOver: LocalDay[] }> {
    const now = this.clock.now();
    const inDays = await this.writeDays(manager, clientId, days, { timezone, weekStartsOn, now });
    const { flagged, ofAnotherZone: leftOver } = inDays.oneZone
      ? { flagged: [], ofAnotherZone: [] }
      : await this.rollups.markSeams(manager, clientId, { zone: timezone, firstLive });
    let rowsWritten = inDays.rows + flagged.length;
    if (rowsWritten === 0) return { rowsWritten, leftOver };
    for (const type of longPeriodTypes) {
      const starts = [...new Set([...days, ...flagged].map((day) => periodStartOf(type, day, weekStartsOn)))];
      // A seam flags all workflows of its days; else only the workflows whose days changed can have other weeks and months.
      const workflows = flagged.length === 0 ? { workflowIds: inDays.unwritten[type] } : {};
      rowsWritten += (await this.rollups.writePeriods(manager, clientId, { type, starts, ...workflows }, now)).rows;
    }
    return { rowsWritten, leftOver };
  }

  /** One day, which is what a sync leaves behind, takes its week and month along; several days are better merged. */
  private async writeDays(
    manager: Manager,
    clientId: number,
    days: readonly LocalDay[],
    { timezone, weekStartsOn, now }: { timezone: string; weekStartsOn: number; now: Date },
  ): Promise<Pick<WrittenDay, 'rows' | 'unwritten' | 'oneZone'>> {
    const [day] = days;
    if (day !== undefined && days.length === 1)
      return this.rollups.writeDay(manager, clientId, timezone, { day, weekStartsOn }, now);
    const { rows, workflowIds } = await this.rollups.writeDays(manager, clientId, timezone, days, now);
    return { rows, unwritten: { weekly: workflowIds, monthly: workflowIds }, oneZone: false };
  }
}
