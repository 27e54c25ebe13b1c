export { DataFreshnessService, type DetailedFreshness } from './data-freshness.service.js';
export { FRESHNESS_STATUSES, freshnessOf, type FreshnessStatus } from './freshness.js';
export { JOB } from './job-names.js';
export { SchedulerModule } from './scheduler.module.js';
export {
  type SchedulerStatus,
  SchedulerStatusService,
  type ScheduleStatus,
  type TickStatus,
} from './scheduler-status.service.js';
