import { DataSource, type DataSourceOptions } from 'typeorm';
import { InitialSchema1790000000000 } from '../../migrations/1790000000000-initial-schema.js';
import { CollectorLedgers1790000001000 } from '../../migrations/1790000001000-collector-ledgers.js';
import { TimeSavedAuthor1790000002000 } from '../../migrations/1790000002000-time-saved-author.js';
import { ShiftHistogram1790000003000 } from '../../migrations/1790000003000-shift-histogram.js';
import { JobRunLookUps1790000006000 } from '../../migrations/1790000006000-job-run-look-ups.js';
import { JobRunPayload1790000008000 } from '../../migrations/1790000008000-job-run-payload.js';
import { LastExecutions1790000009000 } from '../../migrations/1790000009000-last-executions.js';
import { PercentilePlaces1790000010000 } from '../../migrations/1790000010000-percentile-places.js';
import { JobRunStarts1790000011000 } from '../../migrations/1790000011000-job-run-starts.js';

/** All migrations, oldest first. A new one is added here. */
export const migrations = [
  InitialSchema1790000000000,
  CollectorLedgers1790000001000,
  TimeSavedAuthor1790000002000,
  ShiftHistogram1790000003000,
  JobRunLookUps1790000006000,
  JobRunPayload1790000008000,
  LastExecutions1790000009000,
  PercentilePlaces1790000010000,
  JobRunStarts1790000011000,
];

/** Any number that no other application on the same database is likely to use. */
const MIGRATION_LOCK = 7_240_311_904;

/** Connection options every part of the service shares; `migrationsRun` stays off because TypeORM takes no lock for it. */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    migrations,
    migrationsRun: false,
    synchronize: false,
    applicationName: 'flowmastery-metrics',
    extra: { connectionTimeoutMillis: 10_000 },
  };
}

/**
 * Brings the schema up to date under an advisory lock, so that any number of replicas may start at once.
 * @returns the names of the migrations that this call ran
 */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
