import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ClientLockState } from '../database/index.js';
import { epochOf } from './epochs.js';
import { isSmallNumber } from './ids.js';

/** Why executions may be missing. */
export type GapReason = 'pruned_before_collection' | 'source_unreachable' | 'not_saved_by_n8n' | 'instance_reset';

/** Whether the missing ids were surely executions, or may have been something that n8n does not save. */
export type Confidence = 'high' | 'possible';

/** An id that will not be looked for any more, with the starts of its neighbours. */
export interface LostId {
  id: string;
  from: Date;
  to: Date;
}

/** Everything strictly between the two ids was not seen. */
export interface Hole {
  above: string;
  below: string;
  from: Date;
  to: Date;
  reason: GapReason;
}

/** Of this many ids below the watermark none may be missing before a hole counts as a certain loss. */
const EVIDENCE = 1_000;
/** Ids that are more scattered are only counted. */
const MAX_RANGES = 2_000;
const DAY_MS = 24 * 60 * 60_000;

const sizeOf = (ranges: string): string => `(SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(${ranges}) AS r)`;

/** An id as a number; NULL when it is none, whatever the planner evaluates first. */
const numeric = (column: string): string => `CASE WHEN ${column} ~ '^\\d{1,18}$' THEN ${column}::bigint END`;

/** The ledger of what was lost or never shown. Every method needs the client's lock. */
@Injectable()
export class CoverageGapsRepository {
  /** Takes ids that turned up after all out of the gaps; a gap without missing ids goes. */
  async found(manager: EntityManager, state: ClientLockState, ids: readonly string[]): Promise<void> {
    const numbers = ids.filter(isSmallNumber);
    if (numbers.length === 0) return;
    await manager.query(
      `UPDATE coverage_gaps g SET ids = g.ids - f.ids, missing_ids = g.missing_ids - ${sizeOf('g.ids * f.ids')}
         FROM (SELECT i.epoch, range_agg(int8range(i.id, i.id + 1)) AS ids FROM unnest($2::integer[], $3::bigint[]) AS i(epoch, id) GROUP BY 1) f
        WHERE g.client_id = $1 AND g.epoch = f.epoch AND g.ids && f.ids`,
      [state.clientId, numbers.map((id) => epochOf(state.epochs, id)), numbers],
    );
    await manager.query('DELETE FROM coverage_gaps WHERE client_id = $1 AND isempty(ids)', [state.clientId]);
  }

  /**
   * Remembers what lies between two ids, without what is stored or looked for already.
   * @returns how many ids are missing; `null` when the ids are not numbers
   */
  async addHole(
    manager: EntityManager,
    state: ClientLockState,
    end: Hole,
    confidence: Confidence,
    now: Date,
  ): Promise<number | null> {
    const epoch = epochOf(state.epochs, end.below);
    const gap = [state.clientId, epoch, end.from, end.to, end.reason, now];
    if (!isSmallNumber(end.above) || !isSmallNumber(end.below)) {
      await manager.query(
        `INSERT INTO coverage_gaps (client_id, epoch, from_at, to_at, reason, created_at, confidence) VALUES ($1, $2, $3, $4, $5, $6, 'possible')`,
        gap,
      );
      return null;
    }
    const [row] = await manager.query<{ missing: string }[]>(
      `WITH hole AS (SELECT int8multirange(int8range($7::bigint + 1, $8::bigint)) AS ids),
       seen AS (
         SELECT ${numeric('n8n_execution_id')} AS id FROM workflow_executions WHERE client_id = $1 AND epoch = $2 AND started_at >= $9
         UNION SELECT ${numeric('n8n_execution_id')} FROM pending_executions WHERE client_id = $1 AND epoch = $2
       ), lost AS (
         SELECT hole.ids - coalesce((SELECT range_agg(int8range(id, id + 1)) FROM seen WHERE hole.ids @> id), '{}'::int8multirange) AS ids FROM hole
       ), written AS (
         INSERT INTO coverage_gaps (client_id, epoch, from_at, to_at, reason, created_at, ids, missing_ids, confidence)
         SELECT $1::integer, $2::integer, $3::timestamptz, $4::timestamptz, $5::text, $6::timestamptz, ids, ${sizeOf('ids')}, $10 FROM lost WHERE NOT isempty(ids) RETURNING missing_ids
       ) SELECT coalesce((SELECT missing_ids FROM written), 0) AS missing`,
      [...gap, end.above, end.below, new Date(end.from.getTime() - DAY_MS), confidence],
    );
    return Number(row?.missing ?? 0);
  }

  /** Counts ids that will not be looked for any more, without what is told already; one row a UTC day and reason. */
  async addLost(
    manager: EntityManager,
    state: ClientLockState,
    lost: readonly (LostId & { epoch: number })[],
    reason: GapReason,
    now: Date,
  ): Promise<void> {
    if (lost.length === 0) return;
    await manager.query(
      `INSERT INTO coverage_gaps AS g (client_id, epoch, bucket, from_at, to_at, reason, created_at, ids, missing_ids, confidence)
       SELECT $1::integer, i.epoch, (i.to_at AT TIME ZONE 'UTC')::date, min(i.from_at), max(i.to_at), $6::text, $7::timestamptz,
              range_agg(int8range(${numeric('i.id')}, ${numeric('i.id')} + 1)) FILTER (WHERE ${numeric('i.id')} IS NOT NULL), count(*), 'possible'
         FROM unnest($2::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS i(epoch, id, from_at, to_at)
        WHERE NOT EXISTS (SELECT 1 FROM coverage_gaps t WHERE t.client_id = $1 AND t.epoch = i.epoch AND t.ids @> ${numeric('i.id')})
        GROUP BY 1, 2, 3
       ON CONFLICT (client_id, epoch, reason, bucket) WHERE bucket IS NOT NULL DO UPDATE
          SET from_at = least(g.from_at, EXCLUDED.from_at), to_at = greatest(g.to_at, EXCLUDED.to_at),
              missing_ids = g.missing_ids + EXCLUDED.missing_ids,
              ids = CASE WHEN (SELECT count(*) FROM unnest(g.ids + EXCLUDED.ids)) <= ${MAX_RANGES} THEN g.ids + EXCLUDED.ids END`,
      [
        state.clientId,
        lost.map(({ epoch }) => epoch),
        lost.map(({ id }) => id),
        lost.map(({ from }) => from),
        lost.map(({ to }) => to),
        reason,
        now,
      ],
    );
  }

  /** What the old database ran after its last sync is not known. */
  async addReset(manager: EntityManager, state: ClientLockState, from: Date, to: Date): Promise<void> {
    await manager.query(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, created_at, confidence) VALUES ($1, $2, $3, 'instance_reset', $3, 'possible')`,
      [state.clientId, from, to],
    );
  }

  /**
   * Opens a gap for every workflow whose successes or failures n8n does not save, and ends those of workflows that are saved
   * (again) or gone.
   * @param since the last time the settings were seen, `null` when never: then the gap begins with the workflow
   */
  async followSaving(manager: EntityManager, clientId: number, since: Date | null, now: Date): Promise<void> {
    await manager.query(
      `INSERT INTO coverage_gaps (client_id, workflow_id, from_at, reason, created_at, confidence)
       SELECT w.client_id, w.id, coalesce($2, w.n8n_created_at, $3), 'not_saved_by_n8n', $3, 'high' FROM workflows w
        WHERE w.client_id = $1 AND w.deleted_at IS NULL AND 'none' IN (w.save_success, w.save_error)
       ON CONFLICT (client_id, workflow_id) WHERE to_at IS NULL DO NOTHING`,
      [clientId, since, now],
    );
    await manager.query(
      `UPDATE coverage_gaps g SET to_at = $2 FROM workflows w
        WHERE g.client_id = $1 AND g.to_at IS NULL AND w.client_id = $1 AND w.id = g.workflow_id
          AND (w.deleted_at IS NOT NULL OR ('none' = w.save_success) IS NOT TRUE AND ('none' = w.save_error) IS NOT TRUE)`,
      [clientId, now],
    );
  }

  /** Whether some workflow is known not to be saved: then a missing id says little. */
  async hasUnsaved(manager: EntityManager, clientId: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM coverage_gaps WHERE client_id = $1 AND to_at IS NULL LIMIT 1', [
      clientId,
    ]);
    return rows.length > 0;
  }

  /**
   * How certain it is that ids missing above this one were executions: `high` when ids are used up by saved executions only, as
   * far as the last 1,000 collected ones show.
   */
  async confidence(manager: EntityManager, state: ClientLockState, id: string): Promise<Confidence> {
    if (!isSmallNumber(id)) return 'possible';
    const top = BigInt(id);
    const ids = Array.from({ length: EVIDENCE }, (_, n) => top - BigInt(n)).filter((one) => one > 0n);
    const [row] = await manager.query<{ n: string; lowest: string | null }[]>(
      `SELECT count(DISTINCT n8n_execution_id) AS n, min(n8n_execution_id::bigint) AS lowest FROM workflow_executions
        WHERE client_id = $1 AND epoch = $2 AND n8n_execution_id = ANY($3)`,
      [state.clientId, epochOf(state.epochs, id), ids.map(String)],
    );
    if (row?.lowest == null) return 'possible';
    return BigInt(row.n) === top - BigInt(row.lowest) + 1n ? 'high' : 'possible';
  }
}
