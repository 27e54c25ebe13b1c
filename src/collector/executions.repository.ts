import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { arrayLiteral, type ClientLockState } from '../database/index.js';
import { epochOf, FIRST_EPOCH, type Identity } from './epochs.js';
import { type ExecutionRow } from './execution-row.js';
import { compareIds } from './ids.js';
import { FINAL_STATUSES, isFinal, VANISHED } from './statuses.js';

/** What storing a page did. `touched` holds the start of every row that is new, changed or moved away, old and new place. */
export interface UpsertResult {
  created: number;
  changed: number;
  touched: Date[];
}

/** A stored execution as far as comparing with n8n needs it. */
export interface StoredExecution extends Identity {
  startedAt: Date;
  isFinal: boolean;
}

/** Where an execution is stored. */
export interface Place {
  id: string;
  startedAt: Date;
}

interface StoredRow {
  id: string;
  status: string;
  mode: string;
  started_at: Date;
  finished_at: Date | null;
  n8n_workflow_id: string;
}

function toStored(row: StoredRow): StoredExecution {
  return {
    workflowId: row.n8n_workflow_id,
    mode: row.mode,
    stoppedAt: row.finished_at?.getTime() ?? null,
    startedAt: row.started_at,
    isFinal: isFinal(row.status),
  };
}

const finals = FINAL_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * Merged values of a row that is stored already. Once a failure's detail is known, its exact status (error or crashed) and the
 * verdict made with its error text stay; n8n's list cannot know better.
 */
const merged: Record<string, string> = {
  workflow_id: 'EXCLUDED.workflow_id',
  status: `CASE WHEN e.detail_state = 'done' AND EXCLUDED.detail_state = 'pending' THEN e.status ELSE EXCLUDED.status END`,
  mode: 'EXCLUDED.mode',
  finished_at: 'EXCLUDED.finished_at',
  wait_till: 'EXCLUDED.wait_till',
  execution_time_ms: 'EXCLUDED.execution_time_ms',
  is_production: 'CASE WHEN e.test_indicator IS NULL THEN EXCLUDED.is_production ELSE e.is_production END',
  filter_reason: 'CASE WHEN e.test_indicator IS NULL THEN EXCLUDED.filter_reason ELSE e.filter_reason END',
  rule_version: 'CASE WHEN e.test_indicator IS NULL THEN EXCLUDED.rule_version ELSE e.rule_version END',
  retry_of: 'EXCLUDED.retry_of',
  retry_success_id: 'coalesce(EXCLUDED.retry_success_id, e.retry_success_id)',
  detail_state: `CASE WHEN EXCLUDED.detail_state = 'pending' AND e.detail_state <> 'none' THEN e.detail_state ELSE EXCLUDED.detail_state END`,
};
const columns = Object.keys(merged);

/** `rule_version` alone is no change: it names the rules under which the verdict last changed. */
const compared = columns.filter((column) => column !== 'rule_version');

/**
 * An execution that was stored before its epoch was known is the same row under an older number: it is taken out there, so that it
 * counts once. Only for clients that have epochs.
 */
const adoptSql = `, adopted AS (
    DELETE FROM workflow_executions e USING incoming i
     WHERE e.client_id = $1 AND e.epoch = ANY($18::integer[]) AND e.epoch < i.epoch AND e.n8n_execution_id = i.id
       AND e.started_at = i.started_at AND (e.workflow_id, e.mode) = (i.workflow_id, i.mode)
       AND (e.finished_at IS NOT DISTINCT FROM i.finished_at OR e.status NOT IN (${finals}))
    RETURNING e.started_at
  )`;

/** Milliseconds since 1970 as an instant: written and read several times faster than the text of a date. */
const instant = (ms: string): string => `to_timestamp(${ms} / 1000.0::float8)::timestamptz(3)`;

const upsertSql = (adopts: boolean): string => `
  WITH incoming AS (
    SELECT epoch, id, ${instant('started')} AS started_at, workflow_id, status, mode, ${instant('finished')} AS finished_at,
           ${instant('waits')} AS wait_till, execution_time_ms, is_production, filter_reason, retry_of, retry_success_id, detail_state
      FROM unnest($2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
                  $10::bigint[], $11::boolean[], $12::text[], $13::text[], $14::text[], $15::text[])
        AS t(epoch, id, started, workflow_id, status, mode, finished, waits, execution_time_ms, is_production, filter_reason,
             retry_of, retry_success_id, detail_state)
  )${adopts ? adoptSql : ''}, written AS (
    INSERT INTO workflow_executions AS e
      (client_id, epoch, n8n_execution_id, started_at, first_seen_at, last_changed_at, ${columns.join(', ')})
    SELECT $1, i.epoch, i.id, i.started_at, $16, $16, i.workflow_id, i.status, i.mode, i.finished_at, i.wait_till, i.execution_time_ms,
           i.is_production, i.filter_reason, $17, i.retry_of, i.retry_success_id, i.detail_state
      FROM incoming i
    ON CONFLICT (client_id, epoch, n8n_execution_id, started_at) DO UPDATE
       SET ${columns.map((column) => `${column} = ${merged[column] ?? ''}`).join(', ')}, last_changed_at = $16
     WHERE NOT (e.status IN (${finals}) AND EXCLUDED.status NOT IN (${finals}))
       AND (${compared.map((column) => `e.${column}`).join(', ')})
           IS DISTINCT FROM (${compared.map((column) => merged[column] ?? '').join(', ')})
    RETURNING e.started_at, (e.first_seen_at = $16) AS created
  )
  SELECT count(*) AS touched, count(*) FILTER (WHERE created) AS created, count(*) FILTER (WHERE adopted) AS adopted,
         CASE WHEN count(*) FILTER (WHERE NOT adopted) < cardinality($3) THEN coalesce(array_agg(started_at), '{}') END AS starts
    FROM (SELECT started_at, created, false AS adopted FROM written
          ${adopts ? 'UNION ALL SELECT started_at, false, true FROM adopted' : ''}) AS t`;

/** A column that mostly says nothing: then it is left empty, and `unnest` fills it up with NULL. */
function sparse(values: readonly (string | number | null)[]): string {
  return values.every((value) => value === null) ? '{}' : arrayLiteral(values);
}

const byEnd = (a: ExecutionRow, b: ExecutionRow): number =>
  (a.finishedAt?.getTime() ?? 0) - (b.finishedAt?.getTime() ?? 0) || compareIds(a.id, b.id);

/** By whether the client has epochs: most never need the second statement. */
const statements = { plain: upsertSql(false), adopting: upsertSql(true) };

interface WrittenRows {
  touched: string;
  created: string;
  adopted: string;
  /** `null` when every row was written: their starts are known here, and reading a thousand dates back takes its time. */
  starts: Date[] | null;
}

/**
 * Reads and writes stored executions. Writing needs the client's lock. Look-ups by id go through a lateral subquery that cannot be
 * pulled up: each id is one descent of the primary key, whatever the planner knows of a table that has just been filled.
 */
@Injectable()
export class ExecutionsRepository {
  /** Stores a page in one statement; rows that say nothing new are not written. Ids must be distinct, none stored at another start. */
  async upsertPage(
    manager: EntityManager,
    state: ClientLockState,
    rows: readonly ExecutionRow[],
    now: Date,
  ): Promise<UpsertResult> {
    if (rows.length === 0) return { created: 0, changed: 0, touched: [] };
    const adopts = state.epochs.length > 0;
    const [written] = await manager.query<WrittenRows[]>(adopts ? statements.adopting : statements.plain, [
      state.clientId,
      arrayLiteral(rows.map((row) => epochOf(state.epochs, row.id))),
      arrayLiteral(rows.map((row) => row.id)),
      arrayLiteral(rows.map((row) => row.startedAt.getTime())),
      arrayLiteral(rows.map((row) => row.workflowId)),
      arrayLiteral(rows.map((row) => row.status)),
      arrayLiteral(rows.map((row) => row.mode)),
      arrayLiteral(rows.map((row) => row.finishedAt?.getTime() ?? null)),
      sparse(rows.map((row) => row.waitTill?.getTime() ?? null)),
      arrayLiteral(rows.map((row) => row.executionTimeMs)),
      arrayLiteral(rows.map((row) => row.isProduction)),
      arrayLiteral(rows.map((row) => row.filterReason)),
      sparse(rows.map((row) => row.retryOf)),
      sparse(rows.map((row) => row.retrySuccessId)),
      arrayLiteral(rows.map((row) => row.detailState)),
      now,
      state.ruleVersion,
      ...(adopts ? [[FIRST_EPOCH, ...state.epochs.map(({ epoch }) => epoch)]] : []),
    ]);
    if (written === undefined) throw new Error('a SELECT of counts gave no row');
    const [touched, created] = [Number(written.touched), Number(written.created)];
    return {
      created: created - Number(written.adopted),
      changed: touched - created,
      touched: written.starts ?? rows.map((row) => row.startedAt),
    };
  }

  /**
   * Takes out executions whose start has moved, so that they can be stored at the new one.
   * @param places where they are stored now
   */
  async removeMoved(manager: EntityManager, state: ClientLockState, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    await manager.query(
      `DELETE FROM workflow_executions e USING unnest($2::integer[], $3::text[], $4::timestamptz[]) AS i(epoch, id, started_at)
        WHERE e.client_id = $1 AND e.epoch = i.epoch AND e.n8n_execution_id = i.id AND e.started_at = i.started_at`,
      [
        state.clientId,
        places.map(({ id }) => epochOf(state.epochs, id)),
        places.map(({ id }) => id),
        places.map(({ startedAt }) => startedAt),
      ],
    );
  }

  /** Ids of open executions that are stored, of all epochs. */
  async openIds(manager: EntityManager, clientId: number): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT n8n_execution_id AS id FROM workflow_executions WHERE client_id = $1 AND status NOT IN (${finals})`,
      [clientId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** What is stored under these ids, in the epochs that they belong to now. */
  async stored(manager: EntityManager, state: ClientLockState, ids: readonly string[]): Promise<Map<string, StoredExecution>> {
    if (ids.length === 0) return new Map();
    const rows = await manager.query<StoredRow[]>(
      `SELECT e.n8n_execution_id AS id, e.status, e.mode, e.started_at, e.finished_at, w.n8n_workflow_id
         FROM unnest($2::integer[], $3::text[]) AS i(epoch, id) CROSS JOIN LATERAL (
           SELECT * FROM workflow_executions o
            WHERE o.client_id = $1 AND o.epoch = i.epoch AND o.n8n_execution_id = i.id OFFSET 0) e
         JOIN workflows w ON w.client_id = $1 AND w.id = e.workflow_id`,
      [state.clientId, ids.map((id) => epochOf(state.epochs, id)), ids],
    );
    return new Map(rows.map((row) => [row.id, toStored(row)]));
  }

  /**
   * A retry that succeeded marks its failed original, as n8n does: of several the one that ended last, of those the one that was
   * created last. Gives the starts of the originals that changed.
   */
  async linkRetries(manager: EntityManager, state: ClientLockState, rows: readonly ExecutionRow[], now: Date): Promise<Date[]> {
    const succeeded = rows.filter((row) => row.retryOf !== null && row.status === 'success').sort(byEnd);
    const retries = [...new Map(succeeded.map((row) => [row.retryOf, row])).values()];
    if (retries.length === 0) return [];
    const [changed] = await manager.query<[{ started_at: Date }[], number]>(
      `UPDATE workflow_executions e SET retry_success_id = i.id, last_changed_at = $6
         FROM unnest($2::integer[], $3::text[], $4::text[], $5::timestamptz[]) AS i(epoch, original, id, ended) CROSS JOIN LATERAL (
           SELECT o.started_at FROM workflow_executions o WHERE o.client_id = $1 AND o.epoch = i.epoch
              AND o.n8n_execution_id = i.original AND o.retry_success_id IS DISTINCT FROM i.id
              AND NOT EXISTS (SELECT 1 FROM workflow_executions r WHERE r.client_id = $1 AND r.epoch = i.epoch
                                 AND r.n8n_execution_id = o.retry_success_id
                                 AND (r.finished_at, length(r.n8n_execution_id), r.n8n_execution_id) > (i.ended, length(i.id), i.id))
            OFFSET 0) old
        WHERE e.client_id = $1 AND e.epoch = i.epoch AND e.n8n_execution_id = i.original AND e.started_at = old.started_at
        RETURNING e.started_at`,
      [
        state.clientId,
        retries.map((row) => epochOf(state.epochs, row.retryOf ?? '')),
        retries.map((row) => row.retryOf),
        retries.map((row) => row.id),
        retries.map((row) => row.finishedAt),
        now,
      ],
    );
    return changed.map((row) => row.started_at);
  }

  /** n8n knows these open executions no more. Gives the starts of the rows that changed. */
  async markVanished(manager: EntityManager, state: ClientLockState, ids: readonly string[], now: Date): Promise<Date[]> {
    if (ids.length === 0) return [];
    const [changed] = await manager.query<[{ started_at: Date }[], number]>(
      `UPDATE workflow_executions e SET status = '${VANISHED}', last_changed_at = $4
        WHERE e.client_id = $1 AND (e.epoch, e.n8n_execution_id) IN (SELECT * FROM unnest($2::integer[], $3::text[]))
          AND e.status NOT IN (${finals}) AND e.status <> '${VANISHED}'
        RETURNING e.started_at`,
      [state.clientId, ids.map((id) => epochOf(state.epochs, id)), ids, now],
    );
    return changed.map((row) => row.started_at);
  }

  /** First and last start among the executions from an instant on; `null` when there are none. */
  async startsFrom(manager: EntityManager, clientId: number, from: Date): Promise<{ first: Date; last: Date } | null> {
    const [row] = await manager.query<{ first: Date | null; last: Date | null }[]>(
      'SELECT min(started_at) AS first, max(started_at) AS last FROM workflow_executions WHERE client_id = $1 AND started_at >= $2',
      [clientId, from],
    );
    return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
  }
}
