import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type QueueDepth } from './job-runs.read-model.js';

/** How the jobs of all processes are doing. */
export interface JobGauges extends QueueDepth {
  /** When the newest completed run of a recurring job ended; jobs that never completed are absent. */
  lastSuccess: ReadonlyMap<string, Date>;
  /** Seconds that the newest completed job of a client took; clients without one are absent. */
  lastSeconds: ReadonlyMap<number, number>;
}

/** What {@link JobGauges} is asked about. */
export interface JobsAskedFor {
  recurring: readonly string[];
  perClient: string;
  clientIds: readonly number[];
}

interface Row {
  queued: number;
  running: number;
  oldest: Date | null;
  success: Record<string, string> | null;
  seconds: Record<string, number> | null;
}

/** For Prometheus, which asks every few seconds: one statement that reads a few index entries for each name and client. */
@Injectable()
export class JobGaugesReadModel {
  async read(manager: EntityManager, { recurring, perClient, clientIds }: JobsAskedFor): Promise<JobGauges> {
    const [row] = await manager.query<Row[]>(
      `SELECT q.*,
              (SELECT jsonb_object_agg(n.name, r.finished_at) FROM unnest($1::text[]) AS n (name) CROSS JOIN LATERAL (
                 SELECT finished_at FROM job_runs r WHERE r.name = n.name AND r.state = 'completed'
                  ORDER BY r.enqueued_at DESC LIMIT 1) r) AS success,
              (SELECT jsonb_object_agg(c.id, r.seconds) FROM unnest($3::integer[]) AS c (id) CROSS JOIN LATERAL (
                 SELECT extract(epoch FROM r.finished_at - r.started_at)::float8 AS seconds FROM job_runs r
                  WHERE r.client_id = c.id AND r.name = $2 AND r.state = 'completed' ORDER BY r.enqueued_at DESC LIMIT 1) r) AS seconds
         FROM (SELECT (count(*) FILTER (WHERE state = 'queued'))::int AS queued,
                      (count(*) FILTER (WHERE state = 'running'))::int AS running,
                      min(enqueued_at) FILTER (WHERE state = 'queued') AS oldest
                 FROM job_runs WHERE state IN ('queued', 'running')) q`,
      [recurring, perClient, clientIds],
    );
    return {
      queued: row?.queued ?? 0,
      running: row?.running ?? 0,
      oldestQueuedAt: row?.oldest ?? null,
      lastSuccess: new Map(Object.entries(row?.success ?? {}).map(([name, at]) => [name, new Date(at)])),
      lastSeconds: new Map(Object.entries(row?.seconds ?? {}).map(([id, seconds]) => [Number(id), seconds])),
    };
  }
}
