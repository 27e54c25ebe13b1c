import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { PATTERN_INPUT } from './error-pattern.js';

/** Most groups of one answer: it is kept as a whole. */
export const MOST_GROUPS = 5_000;

/** Most different texts that are looked at, and how many are in memory at once. */
const MOST_TEXTS = 100_000;
const BATCH = 1_000;

/** Which executions; `from` and `to` are half-open; what is left out does not filter. */
export interface RawFilter {
  from: Date;
  to: Date;
  workflowId?: number | undefined;
  production?: boolean | undefined;
}

interface NamedRow {
  workflow_id: string;
  n8n_workflow_id: string | null;
  workflow_name: string | null;
  /** Counts of PostgreSQL are text here: they are bigint. */
  count: string;
  first_at: Date;
  last_at: Date;
}

/** Failures of one node of one workflow with one and the same text, its start at least. */
export interface FailureRow extends NamedRow {
  error_node: string | null;
  error_type: string | null;
  message: string | null;
  /** The newest ones and their starts, newest first, three at most. */
  sample_ids: string[];
  sample_times: Date[];
  total: string;
  pending: string;
  unavailable: string;
}

/** Executions of one workflow with the same mode, status and verdict. */
export interface ExecutionStatRow extends NamedRow {
  mode: string;
  status: string;
  is_production: boolean;
  timed: string;
  total_ms: string;
  min_ms: string | null;
  max_ms: string | null;
  total: string;
}

const named = `
  SELECT w.n8n_workflow_id, w.name AS workflow_name, g.*
    FROM grouped g LEFT JOIN workflows w ON w.client_id = $1 AND w.id = g.workflow_id
   ORDER BY g.count DESC, g.last_at DESC`;

/**
 * The longest common step is done here: equal texts are one row, however often they came. An empty text says as little as none.
 * `sum() OVER ()` counts what the limit cuts off as well.
 */
const failuresSql = (conditions: string): string => `
WITH failures AS (
  SELECT e.workflow_id, left(e.error_node, 200) AS error_node, nullif(left(e.error_message, ${PATTERN_INPUT + 1}), '') AS message,
         CASE WHEN e.detail_state <> 'unavailable' THEN e.error_type END AS error_type,
         e.detail_state, e.started_at, e.n8n_execution_id
    FROM workflow_executions e
   WHERE e.client_id = $1 AND e.started_at >= $2 AND e.started_at < $3 AND e.status IN ('error', 'crashed') ${conditions}
), grouped AS (
  SELECT workflow_id, error_node, message, count(*) AS count, min(started_at) AS first_at, max(started_at) AS last_at,
         (array_agg(error_type ORDER BY started_at DESC))[1] AS error_type,
         (array_agg(n8n_execution_id ORDER BY started_at DESC))[1:3] AS sample_ids,
         (array_agg(started_at ORDER BY started_at DESC))[1:3] AS sample_times,
         sum(count(*)) OVER () AS total,
         sum(count(*) FILTER (WHERE detail_state = 'pending')) OVER () AS pending,
         sum(count(*) FILTER (WHERE detail_state = 'unavailable')) OVER () AS unavailable
    FROM failures
   GROUP BY workflow_id, error_node, message
   ORDER BY count DESC, last_at DESC, workflow_id LIMIT ${MOST_TEXTS}
)${named}`;

const statsSql = (conditions: string): string => `
WITH grouped AS (
  SELECT e.workflow_id, e.mode, e.status, e.is_production, count(*) AS count, min(e.started_at) AS first_at, max(e.started_at) AS last_at,
         count(e.execution_time_ms) AS timed, coalesce(sum(e.execution_time_ms), 0) AS total_ms,
         min(e.execution_time_ms) AS min_ms, max(e.execution_time_ms) AS max_ms, sum(count(*)) OVER () AS total
    FROM workflow_executions e
   WHERE e.client_id = $1 AND e.started_at >= $2 AND e.started_at < $3 ${conditions}
   GROUP BY e.workflow_id, e.mode, e.status, e.is_production
   ORDER BY count DESC, last_at DESC, e.workflow_id LIMIT ${MOST_GROUPS}
)${named}`;

/** Counts stored executions by what they have in common, in the caller's transaction. */
@Injectable()
export class RawGroupsReadModel {
  /** The texts in batches, the most frequent first, 100,000 at most: an id in each makes them as many as the failures. */
  async *failures(manager: EntityManager, clientId: number, filter: RawFilter): AsyncGenerator<FailureRow[]> {
    const { conditions, parameters } = conditionsOf(clientId, filter);
    await manager.query(`DECLARE failure_texts NO SCROLL CURSOR FOR ${failuresSql(conditions)}`, parameters);
    for (;;) {
      const rows = await manager.query<FailureRow[]>(`FETCH ${BATCH} FROM failure_texts`);
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH) break;
    }
    await manager.query('CLOSE failure_texts');
  }

  /** The largest groups, MOST_GROUPS at most. */
  async executionStats(manager: EntityManager, clientId: number, filter: RawFilter): Promise<ExecutionStatRow[]> {
    const { conditions, parameters } = conditionsOf(clientId, filter);
    return manager.query<ExecutionStatRow[]>(statsSql(conditions), parameters);
  }
}

function conditionsOf(clientId: number, filter: RawFilter): { conditions: string; parameters: unknown[] } {
  const parameters: unknown[] = [clientId, filter.from, filter.to];
  const conditions: string[] = [];
  const add = (column: string, value: unknown): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(`AND e.${column} = $${parameters.length}`);
  };
  add('workflow_id', filter.workflowId);
  add('is_production', filter.production);
  return { conditions: conditions.join(' '), parameters };
}
