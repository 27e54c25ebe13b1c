import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { arrayLiteral, type ClientLockState, uniqueViolation } from '../database/index.js';
import { epochOf, FIRST_EPOCH } from './epochs.js';
import { type ExecutionRow } from './execution-row.js';
import { FINAL_STATUSES } from './statuses.js';
import { AlreadyStoredError } from './sync-errors.js';

/** What storing a page did. `touched` holds the start of every row that is new, changed or moved away, old and new place. */
export interface UpsertResult {
  created: number;
  changed: number;
  touched: Date[];
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

const incomingSql = `SELECT epoch, id, ${instant('started')} AS started_at, workflow_id, status, mode, ${instant('finished')} AS finished_at,
         ${instant('waits')} AS wait_till, execution_time_ms, is_production, filter_reason, retry_of, retry_success_id, detail_state
    FROM unnest($2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::boolean[], $12::text[], $13::text[], $14::text[], $15::text[])
      AS t(epoch, id, started, workflow_id, status, mode, finished, waits, execution_time_ms, is_production, filter_reason,
           retry_of, retry_success_id, detail_state)`;

const insertSql = `INSERT INTO workflow_executions AS e
      (client_id, epoch, n8n_execution_id, started_at, first_seen_at, last_changed_at, ${columns.join(', ')})
    SELECT $1, i.epoch, i.id, i.started_at, $16, $16, i.workflow_id, i.status, i.mode, i.finished_at, i.wait_till, i.execution_time_ms,
           i.is_production, i.filter_reason, $17, i.retry_of, i.retry_success_id, i.detail_state
      FROM incoming i`;

const upsertSql = (adopts: boolean): string => `
  WITH incoming AS (
    ${incomingSql}
  )${adopts ? adoptSql : ''}, written AS (
    ${insertSql}
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

/** By whether the client has epochs: most never need the second statement. */
const upserts = { plain: upsertSql(false), adopting: upsertSql(true) };

const insertNewSql = `WITH incoming AS (${incomingSql}) ${insertSql}`;

interface WrittenRows {
  touched: string;
  created: string;
  adopted: string;
  /** `null` when every row was written: their starts are known here, and reading a thousand dates back takes its time. */
  starts: Date[] | null;
}

/** Writes pages of executions, each in one statement. Needs the client's lock. Ids must be distinct, none stored at another start. */
@Injectable()
export class ExecutionRowsRepository {
  /** Stores a page; rows that say nothing new are not written. */
  async upsert(manager: EntityManager, state: ClientLockState, page: readonly ExecutionRow[], now: Date): Promise<UpsertResult> {
    if (page.length === 0) return { created: 0, changed: 0, touched: [] };
    const adopts = state.epochs.length > 0;
    const [written] = await manager.query<WrittenRows[]>(adopts ? upserts.adopting : upserts.plain, [
      ...parameters(state, page, now),
      ...(adopts ? [[FIRST_EPOCH, ...state.epochs.map(({ epoch }) => epoch)]] : []),
    ]);
    if (written === undefined) throw new Error('a SELECT of counts gave no row');
    const [touched, created] = [Number(written.touched), Number(written.created)];
    return {
      created: created - Number(written.adopted),
      changed: touched - created,
      touched: written.starts ?? page.map((row) => row.startedAt),
    };
  }

  /**
   * Stores a page of which nothing is stored, for two thirds of the price.
   * @throws AlreadyStoredError when something is; the transaction is lost then
   */
  async insert(manager: EntityManager, state: ClientLockState, page: readonly ExecutionRow[], now: Date): Promise<UpsertResult> {
    if (page.length === 0) return { created: 0, changed: 0, touched: [] };
    try {
      await manager.query(insertNewSql, parameters(state, page, now));
    } catch (error) {
      if (uniqueViolation(error)?.table?.startsWith('workflow_executions') !== true) throw error;
      throw new AlreadyStoredError(state.clientId, { cause: error });
    }
    return { created: page.length, changed: 0, touched: page.map((row) => row.startedAt) };
  }
}

/** $1 to $17 of the statements. */
function parameters(state: ClientLockState, page: readonly ExecutionRow[], now: Date): unknown[] {
  // Indexes that grow upwards fill their pages; downwards, the way lists are read, they split every page in half.
  const rows = page.toReversed();
  return [
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
  ];
}
