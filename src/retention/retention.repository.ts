import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { FLOOR_LOCK, raiseDataVersion, withClientLock } from '../database/index.js';

/** A weekly partition of raw executions. */
export interface RawPartition {
  name: string;
  to: Date;
  bytes: number;
}

const LOCK_TIMEOUT = '2s';
const DETACH_ATTEMPTS = 5;
/** A sync waits for at most so long, and for the little that detaching itself takes. */
const QUICK_LOCK_TIMEOUT = '100ms';
const QUICK_ATTEMPTS = 5;
const QUICK_PAUSE_MS = 200;
/** SQLSTATEs: `lock_not_available`, and `object_not_in_prerequisite_state` of a partition whose detaching was interrupted. */
const LOCK_NOT_AVAILABLE = '55P03';
const BEING_DETACHED = '55000';

const unsettledSql = `
  SELECT c.id FROM clients c JOIN sync_states s ON s.client_id = c.id
   WHERE c.deleted_at IS NULL AND (
     EXISTS (SELECT 1 FROM dirty_days d WHERE d.client_id = c.id AND d.day <= ($1::timestamptz AT TIME ZONE 'UTC')::date + 1)
     OR EXISTS (SELECT 1 FROM workflows w WHERE w.client_id = c.id AND w.reclassify_from < $1)
     OR ((s.applied_config_version <> c.config_version
          OR s.applied_rule_version <> coalesce((SELECT max(r.version) FROM filter_rule_sets r WHERE r.client_id = c.id), $2))
         AND EXISTS (SELECT 1 FROM workflow_executions e WHERE e.client_id = c.id AND e.started_at < $1)))
   ORDER BY c.id`;

/** What retention reads and removes. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Partitions whose whole range lies before `limit`, oldest first; also those that a crash left behind between detaching and dropping. */
  async expiredPartitions(limit: Date): Promise<RawPartition[]> {
    const found = await this.dataSource.query<{ name: string; week: string; bytes: string }[]>(
      `SELECT relname AS name, right(relname, 8)::date::text AS week, pg_total_relation_size(oid) AS bytes
         FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid) AND relname ~ '^workflow_executions_w[0-9]{8}$'
        ORDER BY relname`,
    );
    return found
      .map(({ name, week, bytes }) => ({ name, to: endOf(week), bytes: Number(bytes) }))
      .filter(({ to }) => to <= limit);
  }

  /** Rows in these partitions, attached or not. */
  async countRows(partitions: readonly RawPartition[]): Promise<number> {
    if (partitions.length === 0) return 0;
    const counts = partitions.map(({ name }) => `SELECT count(*) AS n FROM ${name}`);
    const [row] = await this.dataSource.query<{ n: string }[]>(`SELECT sum(n) AS n FROM (${counts.join(' UNION ALL ')}) c`);
    return Number(row?.n ?? 0);
  }

  /**
   * Clients that something before `limit` is still to be done for: a dirty day (of any zone, so a day of margin), or changed
   * configuration that their executions have not been judged or cut by yet.
   * @param defaultsStamp see `PendingChanges.defaultsStamp`
   */
  async unsettledClients(
    limit: Date,
    defaultsStamp: number,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(unsettledSql, [limit, defaultsStamp]);
    return rows.map((row) => row.id);
  }

  /**
   * Raises the floor, unless something below has come up meanwhile. Waits for the transactions that still know the old floor. Once
   * they are over nobody writes, so that is also the moment to take partitions out. It is not waited for long: when it does not
   * come, `detachPartitions` has to do it.
   * @param names partitions below `to` that may go with it
   * @returns whether it was raised
   */
  async raiseFloor(to: Date, defaultsStamp: number, names: readonly string[] = []): Promise<boolean> {
    try {
      return await this.raise(to, defaultsStamp, names);
    } catch (error) {
      if (names.length === 0 || !isTableBusy(error)) throw error;
      return this.raise(to, defaultsStamp, []);
    }
  }

  private async raise(to: Date, defaultsStamp: number, names: readonly string[]): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      if (names.length > 0) await manager.query(`SET LOCAL lock_timeout = '${QUICK_LOCK_TIMEOUT}'`);
      await manager.query('SELECT pg_advisory_xact_lock($1)', [FLOOR_LOCK]);
      if ((await this.unsettledClients(to, defaultsStamp, manager)).length > 0) return false;
      await manager.query('UPDATE retention_floor SET raw_floor = greatest(raw_floor, $1)', [to]);
      await this.detach(names, manager);
      return true;
    });
  }

  /**
   * Takes partitions out: their rows are gone for everyone at once. That needs the whole table for some milliseconds, and whoever
   * comes meanwhile waits with us for those who came before, so we do not wait for long. Where a long query never lets us in,
   * they go one by one, which takes longer and blocks nobody.
   */
  async detachPartitions(names: readonly string[]): Promise<void> {
    for (let attempt = 1; attempt <= QUICK_ATTEMPTS; attempt += 1) {
      if ((await this.attached(names)).length === 0 || (await this.detachedAtOnce(names))) return;
      await sleep(QUICK_PAUSE_MS);
    }
    for (const name of names) await this.detachPartition(name);
  }

  /** @returns false when the table could not be had in time */
  private async detachedAtOnce(names: readonly string[]): Promise<boolean> {
    try {
      await this.dataSource.transaction(async (manager) => {
        await manager.query(`SET LOCAL lock_timeout = '${QUICK_LOCK_TIMEOUT}'`);
        await this.detach(names, manager);
      });
      return true;
    } catch (error) {
      if (isTableBusy(error)) return false;
      throw error;
    }
  }

  private async detach(names: readonly string[], manager: EntityManager): Promise<void> {
    for (const name of await this.attached(names, manager))
      await manager.query(`ALTER TABLE workflow_executions DETACH PARTITION ${name}`);
  }

  /** Without blocking readers or writers. A lock that cannot be had in time is tried again. */
  private async detachPartition(name: string): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
      for (let attempt = 1; (await this.attached([name])).length > 0; attempt += 1) {
        try {
          await runner.query(`ALTER TABLE workflow_executions DETACH PARTITION ${name} CONCURRENTLY`);
        } catch (error) {
          if (attempt === DETACH_ATTEMPTS) throw error;
          // A detach that was interrupted has to be finished before anything else can be done with the partition.
          await runner.query(`ALTER TABLE workflow_executions DETACH PARTITION ${name} FINALIZE`).catch(() => undefined);
        }
      }
    } finally {
      await runner.query('RESET lock_timeout').catch(() => undefined);
      await runner.release();
    }
  }

  /** Gives the space of a detached partition back. */
  async dropPartition(name: string): Promise<void> {
    await this.dataSource.query(`DROP TABLE IF EXISTS ${name}`);
  }

  private async attached(names: readonly string[], manager: EntityManager = this.dataSource.manager): Promise<string[]> {
    if (names.length === 0) return [];
    const found = await manager.query<{ name: string }[]>(
      `SELECT name FROM unnest($1::text[]) AS name WHERE EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(name))`,
      [names],
    );
    return found.map(({ name }) => name);
  }

  /** Rollups of periods that begin before `day`. */
  async countRollups(day: string): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>(
      'SELECT count(*) AS n FROM metrics_aggregations m JOIN clients c ON c.id = m.client_id AND c.deleted_at IS NULL WHERE m.period_start < $1',
      [day],
    );
    return Number(row?.n ?? 0);
  }

  /** Removes rollups of periods that begin before `day`, client by client under its lock, and gaps that ended before it. @returns rollups removed */
  async deleteRollups(day: string): Promise<number> {
    const clients = await this.dataSource.query<{ client_id: number }[]>(
      `SELECT DISTINCT m.client_id FROM metrics_aggregations m JOIN clients c ON c.id = m.client_id AND c.deleted_at IS NULL
        WHERE m.period_start < $1 ORDER BY m.client_id`,
      [day],
    );
    let removed = 0;
    for (const { client_id: clientId } of clients) {
      removed += await withClientLock(this.dataSource, clientId, async (manager) => {
        const [, count] = await manager.query<[unknown[], number]>(
          'DELETE FROM metrics_aggregations WHERE client_id = $1 AND period_start < $2',
          [clientId, day],
        );
        if (count > 0) await raiseDataVersion(manager, clientId);
        return count;
      });
    }
    await this.dataSource.query('DELETE FROM coverage_gaps WHERE to_at < $1::date', [day]);
    return removed;
  }

  /** Deleted workflows that neither a rollup nor an execution would refer to once everything before these limits is gone. */
  async countUnreferencedWorkflows(rollupsBefore: string, rawBefore: Date): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM workflows w WHERE ${unreferenced('AND m.period_start >= $1', 'AND e.started_at >= $2')}`,
      [rollupsBefore, rawBefore],
    );
    return Number(row?.n ?? 0);
  }

  /** Removes deleted workflows that nothing refers to any more. @returns how many */
  async deleteUnreferencedWorkflows(): Promise<number> {
    await this.dataSource.query(
      `DELETE FROM workflow_time_saved t USING workflows w WHERE t.client_id = w.client_id AND t.workflow_id = w.id AND ${unreferenced()}`,
    );
    const [, count] = await this.dataSource.query<[unknown[], number]>(`DELETE FROM workflows w WHERE ${unreferenced()}`);
    return count;
  }

  /** Open executions that are older than what is kept are not looked for any more. @returns how many */
  async dropOldPending(limit: Date): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM pending_executions WHERE first_seen_at < $1',
      [limit],
    );
    return count;
  }
}

const unreferenced = (ofRollups = '', ofExecutions = ''): string => `w.deleted_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM metrics_aggregations m WHERE m.client_id = w.client_id AND m.workflow_id = w.id ${ofRollups})
  AND NOT EXISTS (SELECT 1 FROM workflow_executions e WHERE e.client_id = w.client_id AND e.workflow_id = w.id ${ofExecutions})`;

/** The end of the week that begins on a day. */
function endOf(week: string): Date {
  return new Date(Date.parse(`${week}T00:00:00Z`) + 7 * 24 * 60 * 60_000);
}

/** Somebody has the table, or began to detach one of the partitions. */
function isTableBusy(error: unknown): boolean {
  return [LOCK_NOT_AVAILABLE, BEING_DETACHED].includes(String(codeOf(error)));
}

function codeOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? (error.driverError as { code?: unknown }).code : undefined;
}
