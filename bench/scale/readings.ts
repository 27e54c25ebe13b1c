import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DataSource } from 'typeorm';
import { APP_CONFIG, type AppConfig } from '../../src/config/index.js';

/** Rows and bytes on disk, indexes and all. */
export interface Sizes {
  executions: number;
  executionBytes: number;
  rollups: number;
  rollupBytes: number;
}

export async function sizesOf(dataSource: DataSource): Promise<Sizes> {
  const [row] = await dataSource.query<Record<keyof Sizes, string>[]>(
    `SELECT (SELECT count(*) FROM workflow_executions) AS executions,
            (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'workflow_executions'::regclass) AS "executionBytes",
            (SELECT count(*) FROM metrics_aggregations) AS rollups,
            pg_total_relation_size('metrics_aggregations') AS "rollupBytes"`,
  );
  if (row === undefined) throw new Error('no sizes');
  return {
    executions: Number(row.executions),
    executionBytes: Number(row.executionBytes),
    rollups: Number(row.rollups),
    rollupBytes: Number(row.rollupBytes),
  };
}

/** Milliseconds of the first answer, which nothing is kept of. @throws Error when it is none */
export async function answerMs(app: NestFastifyApplication, url: string): Promise<number> {
  const { adminApiKey } = app.get<AppConfig>(APP_CONFIG, { strict: false });
  const startedAt = performance.now();
  const { statusCode } = await app.inject({ url, headers: { authorization: `Bearer ${adminApiKey}` } });
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  return performance.now() - startedAt;
}
