import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Cron, SchedulerRegistry } from '@nestjs/schedule';
import { CronTime } from 'cron';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { JobRunsReadModel, JobsService } from '../jobs/index.js';
import { JOB } from './job-names.js';
import { CLOCKS_APART_MS, lastSlot, type Schedule, SCHEDULES, slotOf } from './schedules.js';

/** A blocked event loop must not cost a night: a late tick is still made up for. */
const THRESHOLD_MS = 60_000;

/**
 * The clock of the service. A tick does nothing but enqueue a job whose id is schedule + slot, on every replica that works:
 * together they make one job.
 */
@Injectable()
export class SchedulerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SchedulerService.name);
  private readonly ticks = new Set<Promise<void>>();

  constructor(
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    /** In the order in which they are shown. */
    @Inject(SCHEDULES) readonly schedules: readonly Schedule[],
    private readonly registry: SchedulerRegistry,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
  ) {}

  @Inject(JobRunsReadModel) private readonly history: JobRunsReadModel;

  // The expressions are the defaults; what counts is set from the configuration at start, which decorators cannot see.

  @Cron('* * * * *', { name: JOB.collect, disabled: true, threshold: THRESHOLD_MS })
  collect(): Promise<void> {
    return this.tick(JOB.collect);
  }

  @Cron('0 2 * * *', { name: JOB.aggregateDaily, disabled: true, threshold: THRESHOLD_MS })
  aggregateDaily(): Promise<void> {
    return this.tick(JOB.aggregateDaily);
  }

  @Cron('0 3 * * 0', { name: JOB.aggregateWeekly, disabled: true, threshold: THRESHOLD_MS })
  aggregateWeekly(): Promise<void> {
    return this.tick(JOB.aggregateWeekly);
  }

  @Cron('0 4 1 * *', { name: JOB.aggregateMonthly, disabled: true, threshold: THRESHOLD_MS })
  aggregateMonthly(): Promise<void> {
    return this.tick(JOB.aggregateMonthly);
  }

  @Cron('0 1 * * *', { name: JOB.cleanup, disabled: true, threshold: THRESHOLD_MS })
  cleanup(): Promise<void> {
    return this.tick(JOB.cleanup);
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    for (const { name, cron, zone } of this.schedules) {
      const job = this.registry.getCronJob(name);
      job.setTime(new CronTime(cron, zone));
      job.start();
    }
    void this.track(this.catchUp().then(() => undefined));
  }

  /**
   * Enqueues the newest occasion of every nightly schedule. One that has had its job is known by its id, so only what was
   * missed, because nothing ran or the database was away, becomes a job.
   * @returns how many were missed
   */
  async catchUp(): Promise<number> {
    const now = this.clock.now();
    const requests = this.schedules.flatMap((schedule) => {
      const slot = lastSlot(schedule, now);
      return slot === null ? [] : [{ name: schedule.name, slot }];
    });
    return (await this.jobs.enqueueAll(requests)).filter(({ created }) => created).length;
  }

  /** Timers are stopped by then; a tick that is under way still reaches the queue. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.ticks);
  }

  private tick(name: string): Promise<void> {
    const schedule = this.schedules.find((one) => one.name === name);
    if (schedule === undefined) return Promise.resolve();
    return this.track(this.occasion(schedule));
  }

  /**
   * One job for the slot. After a clock was put back, the slots that it goes through once more have had their jobs, and nothing would
   * happen until it is where it was: there the newest run of the time before makes another slot of each.
   */
  private async occasion(schedule: Schedule): Promise<void> {
    const { name, nightly } = schedule;
    const now = this.clock.now();
    const slot = slotOf(schedule, now);
    const { created } = await this.jobs.enqueue({ name, slot });
    if (created || nightly !== null) return;
    const ahead = await this.history.newestEnqueuedAfter(name, new Date(now.getTime() + CLOCKS_APART_MS));
    if (ahead !== null) await this.jobs.enqueue({ name, slot: `${slot}_${ahead}` });
  }

  /** Never rejects: what one tick could not enqueue, the next collection catches up. */
  private track(work: Promise<void>): Promise<void> {
    const tick = work.catch((error: unknown) => {
      this.logger.warn({ msg: 'a tick could not enqueue its job', err: error });
    });
    this.ticks.add(tick);
    return tick.finally(() => this.ticks.delete(tick));
  }
}
