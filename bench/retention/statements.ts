import { type DataSource } from 'typeorm';

/** @returns rows deleted, and milliseconds for that and for that with the space of their weeks made free for new rows */
export async function deleteRange(
  dataSource: DataSource,
  from: Date,
  to: Date,
): Promise<{ rows: number; ms: number; vacuumedMs: number }> {
  const startedAt = performance.now();
  const [, rows] = await dataSource.query<[unknown[], number]>(
    'DELETE FROM workflow_executions WHERE started_at >= $1 AND started_at < $2',
    [from, to],
  );
  const ms = performance.now() - startedAt;
  if (rows === 0) throw new Error('there was nothing to delete');
  const weeks = await dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relname ~ '^workflow_executions_w[0-9]{8}$'
        AND right(relname, 8)::date >= $1::date AND right(relname, 8)::date < $2::date`,
    [from, to],
  );
  for (const { name } of weeks) await dataSource.query(`VACUUM ${name}`);
  return { rows, ms, vacuumedMs: performance.now() - startedAt };
}

/** Row versions in the partitions that nobody can see any more and that a vacuum has to take away. */
export async function deadRows(dataSource: DataSource): Promise<number> {
  // Counts of other connections come in up to a second later.
  await dataSource.query('SELECT pg_sleep(1.5), pg_stat_clear_snapshot()');
  const [row] = await dataSource.query<{ n: string }[]>(
    `SELECT coalesce(sum(n_dead_tup), 0) AS n FROM pg_stat_user_tables WHERE relname LIKE 'workflow_executions%'`,
  );
  return Number(row?.n ?? 0);
}
