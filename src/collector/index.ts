export { hasMoved } from './calendar-moves.js';
export { type ClientGauges, ClientGaugesReadModel } from './client-gauges.read-model.js';
export { CollectorModule } from './collector.module.js';
export { CollectorService, type SyncOutcome } from './collector.service.js';
export { ConnectionCheckService, type ConnectionReport } from './connection-check.service.js';
export { type Coverage, type CoverageGap, CoverageReadModel } from './coverage.read-model.js';
export { ClientGoneError } from '../database/index.js';
export { DayMarks } from './day-marks.js';
export { DirtyDaysRepository } from './dirty-days.repository.js';
export { type Pace, type PaceFacts, paceOf } from './pace.js';
export { type ExecutionExplanation, ExecutionExplainer } from './execution-explainer.service.js';
export { type DayStatistics, FilterStatisticsReadModel } from './filter-statistics.read-model.js';
export { PartitionsRepository } from './partitions.repository.js';
export { SyncSupersededError } from './sync-errors.js';
export { type ChangeProgress, PendingChanges } from './pending-changes.js';
export { type ExecutionTotals } from './rule-effect.js';
export { type MovedExecution } from './rule-preview.read-model.js';
export { type RulePreview, RulePreviewService } from './rule-preview.service.js';
export { type SyncContext, type SyncCounts } from './sync-run.js';
export { type ClientFreshness, SyncStateReadModel } from './sync-state.read-model.js';
export {
  type HandValue,
  type StoredTimeSaved,
  type TimeSavedChange,
  type TimeSavedHistory,
  TimeSavedService,
} from './time-saved.service.js';
export { type Stretch as TimeSavedStretch, type TimeSavedSource } from './time-saved-timeline.js';
