import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';

/** A stored execution with the names of its workflow; `null` names when the workflow is not known. */
export interface StoredExecution {
  n8n_execution_id: string;
  epoch: number;
  workflow_id: string;
  n8n_workflow_id: string | null;
  workflow_name: string | null;
  status: string;
  mode: string;
  started_at: Date;
  finished_at: Date | null;
  wait_till: Date | null;
  execution_time_ms: string | null;
  is_production: boolean;
  filter_reason: string;
  rule_version: number;
  retry_of: string | null;
  retry_success_id: string | null;
  error_message: string | null;
  error_node: string | null;
  error_type: string | null;
  test_indicator: string | null;
  first_seen_at: Date;
  last_changed_at: Date;
}

/** Which executions; what is left out does not filter. `from` and `to` are half-open. */
export interface ExecutionFilter {
  from: Date;
  to: Date | null;
  status?: string | undefined;
  mode?: string | undefined;
  workflowId?: number | undefined;
  production?: boolean | undefined;
  reason?: string | undefined;
}

/** The place of an execution in the list, newest first. */
export interface ExecutionPlace {
  startedAt: Date;
  epoch: number;
  id: string;
}

const select = `
  SELECT e.n8n_execution_id, e.epoch, e.workflow_id, w.n8n_workflow_id, w.name AS workflow_name, e.status, e.mode, e.started_at,
         e.finished_at, e.wait_till, e.execution_time_ms, e.is_production, e.filter_reason, e.rule_version, e.retry_of,
         e.retry_success_id, e.error_message, e.error_node, e.error_type, e.test_indicator, e.first_seen_at, e.last_changed_at
    FROM workflow_executions e
    LEFT JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
   WHERE e.client_id = $1 AND e.started_at >= $2`;

const newestFirst = 'ORDER BY e.started_at DESC, e.epoch DESC, e.n8n_execution_id DESC';

/** Reads stored executions in the caller's transaction. */
@Injectable()
export class ExecutionsReadModel {
  /** The newest executions after a place, at most `limit`. */
  async page(
    manager: EntityManager,
    clientId: number,
    filter: ExecutionFilter,
    { after, limit }: { after: ExecutionPlace | null; limit: number },
  ): Promise<StoredExecution[]> {
    const { conditions, parameters } = conditionsOf(clientId, filter, after);
    parameters.push(limit);
    const sql = `${select} ${conditions.join(' ')} ${newestFirst} LIMIT $${parameters.length}`;
    return manager.query<StoredExecution[]>(sql, parameters);
  }

  /** The execution with this id; of several instances' ids the newest. */
  async find(manager: EntityManager, clientId: number, id: string, from: Date): Promise<StoredExecution | null> {
    const sql = `${select} AND e.n8n_execution_id = $3 ORDER BY e.epoch DESC, e.started_at DESC LIMIT 1`;
    const [row] = await manager.query<StoredExecution[]>(sql, [clientId, from, id]);
    return row ?? null;
  }
}

/** SQL behind `select`, and the values of its parameters. */
function conditionsOf(
  clientId: number,
  filter: ExecutionFilter,
  after: ExecutionPlace | null,
): { conditions: string[]; parameters: unknown[] } {
  const parameters: unknown[] = [clientId, filter.from];
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined || value === null) return;
    parameters.push(value);
    conditions.push(`AND ${condition(`$${parameters.length}`)}`);
  };
  add(filter.to, (at) => `e.started_at < ${at}`);
  add(filter.status, (status) => `e.status = ${status}`);
  add(filter.mode, (mode) => `e.mode = ${mode}`);
  add(filter.workflowId, (id) => `e.workflow_id = ${id}`);
  add(filter.production, (production) => `e.is_production = ${production}`);
  add(filter.reason, (reason) => `e.filter_reason = ${reason}`);
  if (after !== null) {
    parameters.push(after.startedAt, after.epoch, after.id);
    const [at, epoch, id] = [parameters.length - 2, parameters.length - 1, parameters.length];
    // The first condition alone is enough for partitions and index; the second settles equal instants.
    conditions.push(`AND e.started_at <= $${at} AND (e.started_at, e.epoch, e.n8n_execution_id) < ($${at}, $${epoch}, $${id})`);
  }
  return { conditions, parameters };
}
