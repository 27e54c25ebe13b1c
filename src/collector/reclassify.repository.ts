import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dayRange, type LocalDay } from '../common/index.js';
import { type Verdict } from '../production-filter/index.js';
import { type Cuts, type ExecutionGroup } from './execution-group.js';
import {
  givenGroups,
  groupParameters,
  inStretch,
  ofGroup,
  type Stretch,
  stretchParameters,
} from './execution-groups.read-model.js';
import { daysOf } from './days-of.js';

/** A group of stored executions and the verdict that they should carry. */
export interface Rejudged {
  group: ExecutionGroup;
  verdict: Verdict;
}

/** Whose verdicts were made with another name or other tags, and from where on. */
export interface MarkedWorkflows {
  workflowIds: number[];
  from: Date;
}

const writeSql = `
  WITH changed AS (
    UPDATE workflow_executions e
       SET is_production = g.to_production, filter_reason = g.to_reason, rule_version = $17, last_changed_at = $18
      FROM ${givenGroups(['to_production boolean', 'to_reason text'])}
     WHERE ${inStretch} AND ${ofGroup}
    RETURNING e.started_at
  )
  SELECT count(*) AS changed, array_agg(DISTINCT width_bucket(started_at, $19::timestamptz[])) AS days FROM changed`;

/** Cuts the stored executions of a client into short stretches, and writes the verdicts that changed in one. */
@Injectable()
export class ReclassifyRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The first start at or after `from`, and the last of about `max` rows from there (`null`: fewer are left); all rows of that
   * instant belong to the stretch. `null` when nothing is left.
   */
  async stretchEnd(
    manager: EntityManager,
    clientId: number,
    from: Date,
    max: number,
  ): Promise<{ first: Date; last: Date | null } | null> {
    const nth = `SELECT started_at FROM workflow_executions WHERE client_id = $1 AND started_at >= $2 ORDER BY started_at`;
    const [row] = await manager.query<{ first: Date | null; last: Date | null }[]>(
      `SELECT (${nth} LIMIT 1) AS first, (${nth} OFFSET $3 LIMIT 1) AS last`,
      [clientId, from, max - 1],
    );
    return row?.first == null ? null : { first: row.first, last: row.last };
  }

  /** How many executions are stored, and how many of them a re-classification under way has done. */
  async workload(clientId: number): Promise<{ total: number; doneBefore: number }> {
    const [row] = await this.dataSource.query<{ total: string; done: string }[]>(
      `SELECT count(*) AS total, count(*) FILTER (WHERE e.started_at < s.reclassify_cursor) AS done
         FROM sync_states s JOIN workflow_executions e ON e.client_id = s.client_id WHERE s.client_id = $1`,
      [clientId],
    );
    return { total: Number(row?.total ?? 0), doneBefore: Number(row?.done ?? 0) };
  }

  /**
   * Writes changed verdicts in one statement.
   * @returns how many rows, and on which local days of `zone` they started
   */
  async write(
    manager: EntityManager,
    { stretch, cuts, changed }: { stretch: Stretch; cuts: Cuts; changed: readonly Rejudged[] },
    { ruleVersion, zone, now }: { ruleVersion: number; zone: string; now: Date },
  ): Promise<{ rows: number; days: LocalDay[] }> {
    if (changed.length === 0) return { rows: 0, days: [] };
    const starts = changed.flatMap(({ group }) => [group.firstStart.getTime(), group.lastStart.getTime()]);
    const days = daysOf({ first: new Date(Math.min(...starts)), last: new Date(Math.max(...starts)) }, zone);
    const [row] = await manager.query<{ changed: string; days: number[] | null }[]>(writeSql, [
      ...stretchParameters(stretch, cuts),
      ...groupParameters(changed.map(({ group }) => group)),
      changed.map(({ verdict }) => verdict.production),
      changed.map(({ verdict }) => verdict.reason),
      ruleVersion,
      now,
      days.map((day) => dayRange(day, zone).start),
    ]);
    return { rows: Number(row?.changed ?? 0), days: (row?.days ?? []).flatMap((bucket) => days[bucket - 1] ?? []) };
  }
  /** Workflows whose executions carry verdicts made with an older name or older tags, at most `max`. Call it under the lock. */
  async marked(manager: EntityManager, clientId: number, max: number): Promise<MarkedWorkflows | null> {
    const rows = await manager.query<{ id: string; reclassify_from: Date }[]>(
      `SELECT id, reclassify_from FROM workflows WHERE client_id = $1 AND reclassify_from IS NOT NULL
        ORDER BY reclassify_from, id LIMIT $2`,
      [clientId, max],
    );
    const [first] = rows;
    return first === undefined ? null : { workflowIds: rows.map((row) => Number(row.id)), from: first.reclassify_from };
  }

  /** Everything of these workflows before `next` is judged: moves their marks there, or removes them (`null`). */
  async moveMarks(manager: EntityManager, clientId: number, workflowIds: readonly number[], next: Date | null): Promise<void> {
    await manager.query(
      `UPDATE workflows SET reclassify_from = $3
        WHERE client_id = $1 AND id = ANY($2) AND ($3::timestamptz IS NULL OR reclassify_from < $3)`,
      [clientId, workflowIds, next],
    );
  }
  /**
   * Clients whose stored executions are not all judged by their newest rules and names.
   * @param defaultsStamp of clients without rules of their own, see `RulesCache`
   */
  async unapplied(defaultsStamp: number, limit: number): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: number }[]>(
      `SELECT c.id FROM clients c JOIN sync_states s ON s.client_id = c.id
        WHERE c.deleted_at IS NULL
          AND (s.applied_rule_version <> coalesce((SELECT max(r.version) FROM filter_rule_sets r WHERE r.client_id = c.id), $1)
               OR EXISTS (SELECT 1 FROM workflows w WHERE w.client_id = c.id AND w.reclassify_from IS NOT NULL))
        ORDER BY c.id LIMIT $2`,
      [defaultsStamp, limit],
    );
    return rows.map((row) => row.id);
  }
}
