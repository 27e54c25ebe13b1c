import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Cuts, type ExecutionGroup } from './execution-group.js';

/** Executions of a client that started in a half-open stretch of time, of some workflows or of all (`null`). */
export interface Stretch {
  clientId: number;
  from: Date;
  to: Date;
  workflowIds: readonly number[] | null;
}

interface GroupRow {
  workflow_id: string;
  mode: string;
  status: string;
  has_indicator: boolean;
  test_indicator: string | null;
  is_short: boolean;
  is_quiet: boolean;
  is_production: boolean;
  filter_reason: string;
  executions: string;
  first_start: Date;
  last_start: Date;
  shortest_ms: string | null;
  name: string | null;
  tags: string[] | null;
}

// Without a null, so that groups can be joined by equality.
const keys: Readonly<Record<string, { expression: string; type: string }>> = {
  workflow_id: { expression: 'e.workflow_id', type: 'bigint' },
  mode: { expression: 'e.mode', type: 'text' },
  status: { expression: 'e.status', type: 'text' },
  has_indicator: { expression: 'e.test_indicator IS NOT NULL', type: 'boolean' },
  is_short: { expression: 'coalesce(e.execution_time_ms < $5, false)', type: 'boolean' },
  is_quiet: { expression: 'width_bucket(e.started_at, $6::timestamptz[]) % 2 = 1', type: 'boolean' },
  is_production: { expression: 'e.is_production', type: 'boolean' },
  filter_reason: { expression: 'e.filter_reason', type: 'text' },
};
const names = Object.keys(keys);

/** Which executions `e`: $1 client, $2 from, $3 to, $4 workflows or null, $5 minimum duration, $6 bounds of quiet hours. */
export const inStretch = `e.client_id = $1 AND e.started_at >= $2 AND e.started_at < $3
  AND ($4::bigint[] IS NULL OR e.workflow_id = ANY($4))`;

/** The groups given as $7..$14 as a relation `g`, with further columns behind them. */
export const givenGroups = (more: readonly string[] = []): string => {
  const arrays = [...names.map((name) => keys[name]?.type ?? ''), ...more.map((column) => column.split(' ')[1] ?? '')];
  const columns = [...names, ...more.map((column) => column.split(' ')[0] ?? '')];
  return `unnest(${arrays.map((type, index) => `$${index + 7}::${type}[]`).join(', ')}) AS g(${columns.join(', ')})`;
};

/** An execution `e` belongs to the group `g`. */
export const ofGroup = names.map((name) => `(${keys[name]?.expression ?? ''}) = g.${name}`).join(' AND ');

const groupsSql = `
  WITH counted AS (
    SELECT ${names.map((name) => `${keys[name]?.expression ?? ''} AS ${name}`).join(', ')},
           count(*) AS executions, min(e.started_at) AS first_start, max(e.started_at) AS last_start, min(e.execution_time_ms) AS shortest_ms,
           min(e.test_indicator) AS test_indicator
      FROM workflow_executions e WHERE ${inStretch}
     GROUP BY ${names.map((_, index) => index + 1).join(', ')}
  )
  SELECT counted.*, w.name, w.tags
    FROM counted LEFT JOIN workflows w ON w.client_id = $1 AND w.id = counted.workflow_id`;

/** Counts stored executions by everything that rules look at: few groups stand for any number of rows. */
@Injectable()
export class ExecutionGroupsReadModel {
  async groups(manager: EntityManager, stretch: Stretch, cuts: Cuts): Promise<ExecutionGroup[]> {
    const rows = await manager.query<GroupRow[]>(groupsSql, stretchParameters(stretch, cuts));
    return rows.map((row) => ({
      workflowId: Number(row.workflow_id),
      workflow: row.name === null || row.tags === null ? null : { name: row.name, tags: row.tags },
      mode: row.mode,
      status: row.status,
      testIndicator: row.test_indicator,
      isShort: row.is_short,
      inQuietHours: row.is_quiet,
      isProduction: row.is_production,
      filterReason: row.filter_reason,
      executions: Number(row.executions),
      firstStart: row.first_start,
      lastStart: row.last_start,
      shortestMs: row.shortest_ms === null ? null : Number(row.shortest_ms),
    }));
  }
}

/** Parameters $1..$6. */
export function stretchParameters({ clientId, from, to, workflowIds }: Stretch, { minDurationMs, quietBounds }: Cuts): unknown[] {
  return [clientId, from, to, workflowIds, minDurationMs, quietBounds];
}

/** Parameters $7..$14. */
export function groupParameters(groups: readonly ExecutionGroup[]): unknown[] {
  return [
    groups.map((group) => group.workflowId),
    groups.map((group) => group.mode),
    groups.map((group) => group.status),
    groups.map((group) => group.testIndicator !== null),
    groups.map((group) => group.isShort),
    groups.map((group) => group.inQuietHours),
    groups.map((group) => group.isProduction),
    groups.map((group) => group.filterReason),
  ];
}
