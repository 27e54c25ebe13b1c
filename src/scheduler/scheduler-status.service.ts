import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type JobRun, JobRunsReadModel, type QueueDepth, type RecurringJob, type ReplicaSeen } from '../jobs/index.js';
import { JOB } from './job-names.js';
import { CLOCKS_APART_MS, nextRun, type Schedule } from './schedules.js';
import { SchedulerService } from './scheduler.service.js';

/** A schedule and how it has been doing. */
export interface ScheduleStatus extends Pick<Schedule, 'name' | 'cron' | 'zone' | 'description'> {
  lastRun: JobRun | null;
  nextRunAt: Date;
  runningNow: boolean;
  failuresInARow: number;
}

export interface SchedulerStatus {
  schedules: ScheduleStatus[];
  queue: QueueDepth;
  /** Of the last hour. */
  replicas: ReplicaSeen[];
}

/** Whether the schedules do what they should. */
export interface TickStatus {
  /** When a replica last ran the job of every minute, `null` when none ever did. */
  lastTickAt: Date | null;
  /** Schedules whose newest run failed. */
  failing: string[];
}

const REPLICAS_MS = 3_600_000;

/** Says how the schedules have been doing, from the history of jobs. */
@Injectable()
export class SchedulerStatusService {
  constructor(
    private readonly scheduler: SchedulerService,
    private readonly history: JobRunsReadModel,
    private readonly clock: Clock,
  ) {}

  async status(): Promise<SchedulerStatus> {
    const now = this.clock.now();
    const [schedules, queue, replicas] = await Promise.all([
      this.scheduleStatuses(now),
      this.history.queueDepth(),
      this.history.replicasSeen(new Date(now.getTime() - REPLICAS_MS)),
    ]);
    return { schedules, queue, replicas };
  }

  /** Less than `status`, for probes. */
  async ticks(): Promise<TickStatus> {
    const recurring = await this.recurring(this.clock.now());
    return {
      lastTickAt: recurring.find(({ name }) => name === JOB.collect)?.lastRun?.startedAt ?? null,
      failing: recurring.filter(({ failuresInARow }) => failuresInARow > 0).map(({ name }) => name),
    };
  }

  private async recurring(now: Date): Promise<RecurringJob[]> {
    const names = this.scheduler.schedules.map(({ name }) => name);
    return this.history.recurring(names, new Date(now.getTime() + CLOCKS_APART_MS));
  }

  private async scheduleStatuses(now: Date): Promise<ScheduleStatus[]> {
    const { schedules } = this.scheduler;
    const recurring = await this.recurring(now);
    return schedules.map((schedule) => {
      const known = recurring.find(({ name }) => name === schedule.name);
      const { name, cron, zone, description } = schedule;
      return {
        name,
        cron,
        zone,
        description,
        lastRun: known?.lastRun ?? null,
        nextRunAt: nextRun(schedule, now),
        runningNow: known?.running ?? false,
        failuresInARow: known?.failuresInARow ?? 0,
      };
    });
  }
}
