import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { type WalkResult } from './head-walk.js';
import { paceOf, smoothedRate } from './pace.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';
import { type VisibleWindow, WindowProbe } from './window-probe.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Shorter spans say little about a rate. */
const SHORTEST_SPAN_HOURS = 1 / 120;

/** Measures how fast executions come and how long the instance shows them, and chooses the interval of a client's syncs by it. */
@Injectable()
export class PaceKeeper {
  constructor(
    private readonly states: SyncStateRepository,
    private readonly probe: WindowProbe,
    private readonly clock: Clock,
  ) {}

  /**
   * After a sync whose walk came to its end.
   * @param before the state when the sync began
   * @param configured minutes
   * @returns minutes until the next sync
   */
  async afterSync(run: SyncRun, before: SyncStateEntity, walked: WalkResult, configured: number): Promise<number> {
    const now = this.clock.now();
    const window = await this.window(run, before, walked);
    const arrivalPerHour = this.rate(run, before, walked, window);
    const stored = await this.states.load(run.clientId);
    const measured = {
      visibleRows: window?.rows ?? stored?.visibleRows ?? null,
      visibleHours: window === null ? (stored?.visibleHours ?? null) : (now.getTime() - window.oldest.getTime()) / HOUR_MS,
      prunes: (stored?.prunes ?? false) || (window?.prunes ?? false),
    };
    const { intervalMinutes } = paceOf({ ...measured, arrivalPerHour }, configured);
    await this.states.patch(run.clientId, {
      ...measured,
      ...(window === null ? {} : { windowCheckedAt: now }),
      arrivalPerHour,
      arrivalMeasuredAt: run.startedAt,
      intervalMinutes,
    });
    return intervalMinutes;
  }

  /** A walk to the end of the list has seen all of it; else it is measured once a day. */
  private async window(run: SyncRun, before: SyncStateEntity, walked: WalkResult): Promise<VisibleWindow | null> {
    if (walked.visible !== null) {
      const { rows, oldest } = walked.visible;
      return { rows, oldest: oldest.at, prunes: before.prunes || (await this.probe.isGoneBelow(run, oldest.id)) };
    }
    const checked = before.windowCheckedAt?.getTime() ?? 0;
    return this.clock.now().getTime() - checked < DAY_MS ? null : this.probe.measure(run);
  }

  private rate(run: SyncRun, before: SyncStateEntity, walked: WalkResult, window: VisibleWindow | null): number | null {
    if (before.arrivalMeasuredAt === null) {
      const hours = window === null ? 0 : (run.startedAt.getTime() - window.oldest.getTime()) / HOUR_MS;
      return window === null || hours <= 0 ? null : window.rows / Math.max(1, hours);
    }
    const hours = Math.max(SHORTEST_SPAN_HOURS, (run.startedAt.getTime() - before.arrivalMeasuredAt.getTime()) / HOUR_MS);
    return smoothedRate(before.arrivalPerHour, walked.arrived / hours, hours);
  }
}
