import { type Client } from 'pg';

/** Jobs that are over: when the last of them ended, how many failed. */
export interface FinishedJobs {
  finished: number;
  failed: number;
  lastAt: Date | null;
}

/** Looks at the history of jobs, where every sync leaves a row. */
export async function finishedJobs(database: Client, jobIds: readonly string[]): Promise<FinishedJobs> {
  const { rows } = await database.query<{ finished: string; failed: string; last_at: Date | null }>(
    `SELECT count(*) AS finished, count(*) FILTER (WHERE state = 'failed') AS failed, max(finished_at) AS last_at
       FROM job_runs WHERE job_id = ANY($1) AND state IN ('completed', 'failed')`,
    [jobIds],
  );
  const [row] = rows;
  return { finished: Number(row?.finished ?? 0), failed: Number(row?.failed ?? 0), lastAt: row?.last_at ?? null };
}
