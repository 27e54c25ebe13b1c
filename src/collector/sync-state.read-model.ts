import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CoverageGap } from './coverage.read-model.js';
import { type PaceFacts } from './pace.js';

/** What is known of one client's data at this moment. Times are null where something has not happened yet. */
export interface ClientFreshness {
  clientId: number;
  name: string;
  enabled: boolean;
  syncIntervalMinutes: number | null;
  nextSyncAt: Date;
  firstObservedAt: Date | null;
  workflowsSyncedAt: Date | null;
  workflowsError: string | null;
  executionsSyncedAt: Date | null;
  executionsError: string | null;
  detailsSyncedAt: Date | null;
  detailsError: string | null;
  failedAt: Date | null;
  consecutiveFailures: number;
  newestExecutionAt: Date | null;
  lastAggregationAt: Date | null;
  dirtyDays: number;
  detailsPending: number;
  pendingOpen: number;
  pendingMissing: number;
  coverageGaps: number;
  setAsideRows: number;
  /** Database generations behind the client's URL; 1 for nearly every client. */
  epochs: number;
  /** Requests to the instance: since the beginning, and of the last sync that came through. */
  requestsSent: number;
  lastSyncRequests: number | null;
  /** Until then the instance is left alone. */
  circuitOpenUntil: Date | null;
  pace: PaceFacts;
  /** The newest gaps, at most ten. */
  latestGaps: CoverageGap[];
  /** A walk under way: rows so far and the lowest id stored. */
  backfill: { position: string; rows: number; startedAt: Date | null } | null;
  /** Stored executions of the last 30 days by verdict reason. */
  filterStatistics: Record<string, number>;
}

interface GapJson {
  from: string;
  to: string | null;
  reason: string;
  missing_ids: number | null;
  confidence: string;
  workflow_id: number | null;
}

interface FreshnessRow {
  client_id: number;
  name: string;
  enabled: boolean;
  sync_interval_minutes: number | null;
  next_sync_at: Date;
  first_observed_at: Date | null;
  workflows_synced_at: Date | null;
  workflows_error: string | null;
  executions_synced_at: Date | null;
  executions_error: string | null;
  details_synced_at: Date | null;
  details_error: string | null;
  failed_at: Date | null;
  consecutive_failures: number;
  newest: Date | null;
  aggregated: Date | null;
  dirty: string;
  details_pending: string;
  open: string;
  missing: string;
  gaps: string;
  set_aside_rows: string;
  epoch: number;
  requests_sent: string;
  last_sync_requests: number | null;
  circuit_open_until: Date | null;
  arrival_per_hour: number | null;
  visible_rows: string | null;
  visible_hours: number | null;
  prunes: boolean;
  latest_gaps: GapJson[] | null;
  walk_position: string | null;
  walk_rows: string;
  walk_started_at: Date | null;
  reasons: Record<string, number> | null;
}

const freshnessSql = `
  SELECT c.id AS client_id, c.name, c.enabled, c.sync_interval_minutes, s.*,
         (SELECT max(e.started_at) FROM workflow_executions e WHERE e.client_id = c.id) AS newest,
         (SELECT max(m.computed_at) FROM metrics_aggregations m WHERE m.client_id = c.id AND m.period_type = 'daily') AS aggregated,
         (SELECT count(*) FROM dirty_days d WHERE d.client_id = c.id) AS dirty,
         (SELECT count(*) FROM workflow_executions e WHERE e.client_id = c.id AND e.detail_state = 'pending') AS details_pending,
         (SELECT count(*) FROM pending_executions p WHERE p.client_id = c.id AND p.kind = 'open') AS open,
         (SELECT count(*) FROM pending_executions p WHERE p.client_id = c.id AND p.kind = 'missing') AS missing,
         (SELECT count(*) FROM coverage_gaps g WHERE g.client_id = c.id) AS gaps,
         (SELECT jsonb_agg(to_jsonb(g)) FROM (
            SELECT x.from_at AS "from", x.to_at AS "to", x.reason, x.missing_ids, x.confidence, x.workflow_id FROM coverage_gaps x
             WHERE x.client_id = c.id ORDER BY x.id DESC LIMIT 10) g) AS latest_gaps,
         (SELECT jsonb_object_agg(r.filter_reason, r.n) FROM (
            SELECT e.filter_reason, count(*) AS n FROM workflow_executions e
             WHERE e.client_id = c.id AND e.started_at >= $1 GROUP BY 1) r) AS reasons
    FROM clients c JOIN sync_states s ON s.client_id = c.id
   WHERE c.deleted_at IS NULL AND ($2::integer IS NULL OR c.id = $2) ORDER BY c.id`;

/** The clocks of replicas may differ by so much. */
const AHEAD_MINUTES = 5;
const STATISTICS_MS = 30 * 24 * 60 * 60_000;

/** What the scheduler and the admin's pages need to know of all clients at once. */
@Injectable()
export class SyncStateReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Enabled clients whose next sync is due, the longest waiting first. Those whose last sync failed come apart: they are tried in a
   * small pool of their own.
   * @param defaultInterval minutes, for clients without an interval of their own
   */
  async dueClients(now: Date, defaultInterval: number, limit: number, failingLimit: number): Promise<number[]> {
    // Further ahead than any sync is ever planned: a clock was put back since. Failing ones may wait for an hour whatever the interval.
    const ahead = (failing: boolean): string => {
      const minutes = 'coalesce(c.sync_interval_minutes, $4)';
      return `$1::timestamptz + make_interval(mins => ${AHEAD_MINUTES} + ${failing ? `greatest(${minutes}, 60)` : minutes})`;
    };
    const due = (failing: boolean, limitParameter: string): string => `(
      SELECT c.id, s.next_sync_at FROM clients c JOIN sync_states s ON s.client_id = c.id
       WHERE c.deleted_at IS NULL AND c.enabled AND (s.next_sync_at <= $1 OR s.next_sync_at > ${ahead(failing)})
         AND s.consecutive_failures ${failing ? '> 0' : '= 0'}
       ORDER BY s.next_sync_at, c.id LIMIT ${limitParameter})`;
    const rows = await this.dataSource.query<{ id: number }[]>(
      `SELECT id FROM (${due(false, '$2')} UNION ALL ${due(true, '$3')}) d ORDER BY next_sync_at, id`,
      [now, limit, failingLimit, defaultInterval],
    );
    return rows.map((row) => row.id);
  }

  /** Whether the last sync of the client failed. */
  async isFailing(clientId: number): Promise<boolean> {
    const [row] = await this.dataSource.query<{ failing: boolean }[]>(
      'SELECT consecutive_failures > 0 AS failing FROM sync_states WHERE client_id = $1',
      [clientId],
    );
    return row?.failing ?? false;
  }

  /** Freshness of every client, or of one. */
  async freshness(now: Date, clientId: number | null = null): Promise<ClientFreshness[]> {
    const from = new Date(now.getTime() - STATISTICS_MS);
    const rows = await this.dataSource.query<FreshnessRow[]>(freshnessSql, [from, clientId]);
    return rows.map(toFreshness);
  }
}

function toFreshness(row: FreshnessRow): ClientFreshness {
  return {
    clientId: row.client_id,
    name: row.name,
    enabled: row.enabled,
    syncIntervalMinutes: row.sync_interval_minutes,
    nextSyncAt: row.next_sync_at,
    firstObservedAt: row.first_observed_at,
    workflowsSyncedAt: row.workflows_synced_at,
    workflowsError: row.workflows_error,
    executionsSyncedAt: row.executions_synced_at,
    executionsError: row.executions_error,
    detailsSyncedAt: row.details_synced_at,
    detailsError: row.details_error,
    failedAt: row.failed_at,
    consecutiveFailures: row.consecutive_failures,
    newestExecutionAt: row.newest,
    lastAggregationAt: row.aggregated,
    dirtyDays: Number(row.dirty),
    detailsPending: Number(row.details_pending),
    pendingOpen: Number(row.open),
    pendingMissing: Number(row.missing),
    coverageGaps: Number(row.gaps),
    setAsideRows: Number(row.set_aside_rows),
    epochs: row.epoch,
    requestsSent: Number(row.requests_sent),
    lastSyncRequests: row.last_sync_requests,
    circuitOpenUntil: row.circuit_open_until,
    pace: {
      arrivalPerHour: row.arrival_per_hour,
      visibleRows: row.visible_rows === null ? null : Number(row.visible_rows),
      visibleHours: row.visible_hours,
      prunes: row.prunes,
    },
    latestGaps: (row.latest_gaps ?? []).map(toGap),
    backfill:
      row.walk_position === null
        ? null
        : { position: row.walk_position, rows: Number(row.walk_rows), startedAt: row.walk_started_at },
    filterStatistics: row.reasons ?? {},
  };
}

function toGap(gap: GapJson): CoverageGap {
  return {
    from: new Date(gap.from),
    to: gap.to === null ? null : new Date(gap.to),
    reason: gap.reason,
    missingIds: gap.missing_ids,
    confidence: gap.confidence,
    workflowId: gap.workflow_id,
  };
}
