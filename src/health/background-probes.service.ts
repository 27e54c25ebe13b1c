import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { JobRunsReadModel, JobsWorker } from '../jobs/index.js';
import { DataFreshnessService, SchedulerStatusService } from '../scheduler/index.js';
import { type Finding } from './probe.js';

/** The collection ticks every minute. */
const TICK_LATE_SECONDS = 180;
const QUEUE_STUCK_SECONDS = 600;

/** What goes on in the background, here or in other processes; nothing of it keeps the API from answering, so it is never `down`. */
@Injectable()
export class BackgroundProbes {
  /** Seconds of the process when this application was made: one process may hold several, one after the other. */
  private readonly startedAt = process.uptime();

  constructor(
    private readonly worker: JobsWorker,
    private readonly history: JobRunsReadModel,
    private readonly schedules: SchedulerStatusService,
    private readonly freshness: DataFreshnessService,
    private readonly clock: Clock,
  ) {}

  async queue(): Promise<Finding> {
    const worker = this.worker.status();
    const { queued, running, oldestQueuedAt } = await this.history.queueDepth();
    const waited = oldestQueuedAt === null ? null : this.secondsSince(oldestQueuedAt);
    const data = { worker, queued, running, oldest_queued_seconds: waited };
    if (worker === 'stopped') return { status: 'degraded', cause: 'this worker takes no jobs', data };
    if ((waited ?? 0) > QUEUE_STUCK_SECONDS) return { status: 'degraded', cause: 'jobs wait for very long', data };
    return { status: 'up', data };
  }

  async scheduler(): Promise<Finding> {
    const { lastTickAt, failing } = await this.schedules.ticks();
    const age = lastTickAt === null ? null : this.secondsSince(lastTickAt);
    const data = { last_tick_at: lastTickAt?.toISOString() ?? null, last_tick_age_seconds: age, failing };
    // Right after a start the first tick is still to come.
    const due = Math.min(age ?? Infinity, process.uptime() - this.startedAt) > TICK_LATE_SECONDS;
    if (due) return { status: 'degraded', cause: 'no replica runs the schedules', data };
    if (failing.length > 0) return { status: 'degraded', cause: `failed last time: ${failing.join(', ')}`, data };
    return { status: 'up', data };
  }

  async sync(): Promise<Finding> {
    const counts = await this.freshness.statusCounts();
    const behind = counts.stale + counts.failing;
    const data = { clients: counts };
    if (behind === 0) return { status: 'up', data };
    return { status: 'degraded', cause: `${behind} clients are stale or failing`, data };
  }

  private secondsSince(at: Date): number {
    return Math.max(0, Math.round((this.clock.now().getTime() - at.getTime()) / 1_000));
  }
}
