import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type LocalDay } from '../common/index.js';
import { type DaySlice, type TimeSavedSource, type TimeSavedValue } from './time-saved-timeline.js';

/** A value as it is stored. `author` null: n8n. */
export interface StoredTimeSaved extends TimeSavedValue {
  author: string | null;
  createdAt: Date;
}

/** One workflow of one client, by our id. */
export interface WorkflowKey {
  clientId: number;
  workflowId: number;
}

/** Where a page of values begins: right behind this one. */
export interface TimeSavedPosition {
  validFrom: Date;
  source: TimeSavedSource;
}

interface Row {
  valid_from: Date;
  source: TimeSavedSource;
  minutes: string | null;
  author: string | null;
  created_at: Date;
}

const columns = 'valid_from, source, minutes, author, created_at';

const stored = (row: Row): StoredTimeSaved => ({
  validFrom: row.valid_from,
  source: row.source,
  minutes: row.minutes === null ? null : Number(row.minutes),
  author: row.author,
  createdAt: row.created_at,
});

/** Reads the time-saved values of a workflow, and writes those that are set by hand. Writing needs the client's lock. */
@Injectable()
export class TimeSavedRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All of them, the oldest first. */
  async all(manager: EntityManager, { clientId, workflowId }: WorkflowKey): Promise<StoredTimeSaved[]> {
    const rows = await manager.query<Row[]>(
      `SELECT ${columns} FROM workflow_time_saved WHERE client_id = $1 AND workflow_id = $2 ORDER BY valid_from, source`,
      [clientId, workflowId],
    );
    return rows.map(stored);
  }

  /** The newest first, at most `limit`, behind `after` when it is given. */
  async newestFirst(
    { clientId, workflowId }: WorkflowKey,
    limit: number,
    after: TimeSavedPosition | null,
  ): Promise<StoredTimeSaved[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM workflow_time_saved
        WHERE client_id = $1 AND workflow_id = $2 AND ($3::timestamptz IS NULL OR (valid_from, source) < ($3, $4))
        ORDER BY valid_from DESC, source DESC LIMIT $5`,
      [clientId, workflowId, after?.validFrom ?? null, after?.source ?? null, limit],
    );
    return rows.map(stored);
  }

  /** The newest of each source that is valid at an instant. */
  async newestOfEach({ clientId, workflowId }: WorkflowKey, at: Date): Promise<StoredTimeSaved[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT DISTINCT ON (source) ${columns} FROM workflow_time_saved
        WHERE client_id = $1 AND workflow_id = $2 AND valid_from <= $3 ORDER BY source, valid_from DESC`,
      [clientId, workflowId, at],
    );
    return rows.map(stored);
  }

  /** Removes what was set by hand for the time from `from` on, and stores a value there unless it is `null`. */
  async replaceFrom(
    manager: EntityManager,
    { clientId, workflowId }: WorkflowKey,
    from: Date,
    value: StoredTimeSaved | null,
  ): Promise<void> {
    await manager.query(
      `DELETE FROM workflow_time_saved WHERE client_id = $1 AND workflow_id = $2 AND source = 'manual' AND valid_from >= $3`,
      [clientId, workflowId, from],
    );
    if (value === null) return;
    await manager.query(
      `INSERT INTO workflow_time_saved (client_id, workflow_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [clientId, workflowId, value.validFrom, value.source, value.minutes, value.author, value.createdAt],
    );
  }

  /** First and last start among the stored executions of a client, whatever their workflow: the index tells. `null`: there are none. */
  async storedSpan(manager: EntityManager, clientId: number): Promise<{ first: Date; last: Date } | null> {
    const [row] = await manager.query<{ first: Date | null; last: Date | null }[]>(
      'SELECT min(started_at) AS first, max(started_at) AS last FROM workflow_executions WHERE client_id = $1',
      [clientId],
    );
    return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
  }

  /** Of these parts of days, the days in which the workflow has a success that time saved is counted for. */
  async daysWithSuccesses(
    manager: EntityManager,
    { clientId, workflowId }: WorkflowKey,
    slices: readonly DaySlice[],
  ): Promise<LocalDay[]> {
    if (slices.length === 0) return [];
    const rows = await manager.query<{ day: LocalDay }[]>(
      `SELECT DISTINCT to_char(s.day, 'YYYY-MM-DD') AS day
         FROM unnest($3::date[], $4::timestamptz[], $5::timestamptz[]) AS s(day, from_at, to_at)
        WHERE EXISTS (SELECT 1 FROM workflow_executions e
                       WHERE e.client_id = $1 AND e.workflow_id = $2 AND e.started_at >= s.from_at AND e.started_at < s.to_at
                         AND e.is_production AND e.status = 'success' AND e.mode <> 'error')
        ORDER BY day`,
      [clientId, workflowId, slices.map(({ day }) => day), slices.map(({ from }) => from), slices.map(({ to }) => to)],
    );
    return rows.map(({ day }) => day);
  }
}
