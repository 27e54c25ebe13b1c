import { type AggregationSummary, quotient } from '../../aggregator/index.js';
import { type CacheStats, type CacheStatus } from '../../cache/index.js';
import { type JobRun } from '../../jobs/index.js';
import {
  FRESHNESS_STATUSES,
  type FreshnessStatus,
  type DetailedFreshness,
  type SchedulerStatus,
  type ScheduleStatus,
} from '../../scheduler/index.js';
import { type ClientFreshnessDto, type DataFreshnessDto } from './freshness.dto.js';
import {
  type AggregationSummaryDto,
  type CacheStatusDto,
  type LastRunDto,
  type ScheduleDto,
  type SchedulerStatusDto,
} from './monitoring.dto.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Domain to wire. */
export function toSchedulerStatusDto({ schedules, queue, replicas }: SchedulerStatus): SchedulerStatusDto {
  return {
    schedules: schedules.map(toScheduleDto),
    queue: { queued: queue.queued, running: queue.running, oldest_queued_at: iso(queue.oldestQueuedAt) },
    replicas: replicas.map(({ replica, lastStartedAt, runs }) => ({
      replica,
      last_started_at: lastStartedAt.toISOString(),
      runs,
    })),
  };
}

function toScheduleDto(schedule: ScheduleStatus): ScheduleDto {
  return {
    name: schedule.name,
    description: schedule.description,
    cron: schedule.cron,
    timezone: schedule.zone,
    last_run: toLastRunDto(schedule.lastRun),
    next_run_at: schedule.nextRunAt.toISOString(),
    running_now: schedule.runningNow,
    failures_in_a_row: schedule.failuresInARow,
  };
}

function toLastRunDto(run: JobRun | null): LastRunDto | null {
  if (run?.startedAt == null) return null;
  const { startedAt, finishedAt } = run;
  return {
    job_id: run.jobId,
    started_at: startedAt.toISOString(),
    duration_seconds: finishedAt === null ? null : (finishedAt.getTime() - startedAt.getTime()) / 1_000,
    outcome: run.state,
    counts: run.counts,
    error: run.error,
  };
}

/** Domain to wire. */
export function toAggregationSummaryDto(summary: AggregationSummary): AggregationSummaryDto {
  return {
    periods: summary.periods.map((stored) => ({
      period_type: stored.periodType,
      rows: stored.rows,
      frozen_rows: stored.frozenRows,
      oldest: stored.oldest,
      newest: stored.newest,
    })),
    dirty_days: summary.dirtyDays,
    oldest_dirty_day: summary.oldestDirtyDay,
    last_computed_at: iso(summary.lastComputedAt),
  };
}

/** Domain to wire. */
export function toCacheStatusDto({ kind, up, error }: CacheStatus, stats: CacheStats, keys: number | null): CacheStatusDto {
  const { hits, misses, errors } = stats;
  const hitRate = quotient(100 * hits, hits + misses, 4);
  return { backend: kind, up, error: error ?? null, keys, hits, misses, errors, hit_rate: hitRate };
}

/** Domain to wire. */
export function toDataFreshnessDto(clients: readonly DetailedFreshness[]): DataFreshnessDto {
  const counts = FRESHNESS_STATUSES.map((status) => [status, clients.filter((client) => client.status === status).length]);
  return {
    clients: clients.map(toClientFreshnessDto),
    status_counts: Object.fromEntries(counts) as Record<FreshnessStatus, number>,
    total: clients.length,
  };
}

function toClientFreshnessDto(client: DetailedFreshness): ClientFreshnessDto {
  const { backfill } = client;
  return {
    client_id: client.clientId,
    client_name: client.name,
    enabled: client.enabled,
    status: client.status,
    age_seconds: client.ageSeconds,
    sync_interval_minutes: client.intervalMinutes,
    configured_interval_minutes: client.configuredMinutes,
    arrival_per_hour: client.pace.arrivalPerHour,
    window_hours: client.windowHours,
    visible_executions: client.pace.visibleRows,
    instance_prunes: client.pace.prunes,
    warnings: client.warnings,
    requests_sent: client.requestsSent,
    last_sync_requests: client.lastSyncRequests,
    circuit_open_until: iso(client.circuitOpenUntil),
    next_sync_at: client.nextSyncAt.toISOString(),
    last_workflow_sync_at: iso(client.workflowsSyncedAt),
    last_execution_sync_at: iso(client.executionsSyncedAt),
    last_details_sync_at: iso(client.detailsSyncedAt),
    newest_execution_at: iso(client.newestExecutionAt),
    last_aggregation_at: iso(client.lastAggregationAt),
    last_failure_at: iso(client.failedAt),
    last_error: client.executionsError ?? client.workflowsError ?? client.detailsError,
    consecutive_failures: client.consecutiveFailures,
    dirty_days: client.dirtyDays,
    details_pending: client.detailsPending,
    pending_open: client.pendingOpen,
    pending_missing: client.pendingMissing,
    coverage_gaps: client.coverageGaps,
    latest_gaps: client.latestGaps.map((gap) => ({
      from: gap.from.toISOString(),
      to: iso(gap.to),
      reason: gap.reason,
      missing_ids: gap.missingIds,
      confidence: gap.confidence,
      workflow_id: gap.workflowId,
    })),
    epochs: client.epochs,
    set_aside_rows: client.setAsideRows,
    first_observed_at: iso(client.firstObservedAt),
    backfill:
      backfill === null ? null : { position: backfill.position, rows: backfill.rows, started_at: iso(backfill.startedAt) },
    filter_statistics: client.filterStatistics,
    filter_statistics_by_day: client.filterStatisticsByDay,
  };
}
