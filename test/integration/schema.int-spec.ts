import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate, migrations } from '../../src/database/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const src = join(import.meta.dirname, '../../src');

/** Every entity class of the service, found by its file name so that a new one cannot be forgotten. */
async function allEntities(): Promise<(new () => object)[]> {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.entity.ts'));
  const entities: (new () => object)[] = [];
  // One after the other: Jest's module loader does not like two imports at once.
  for (const file of files) entities.push(...Object.values((await import(join(src, file))) as Record<string, new () => object>));
  return entities;
}

interface Definition {
  name: string;
  definition: string;
}

describe('database schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    await database.drop();
  });

  it('is exactly what the entities describe', async () => {
    const entities = await allEntities();
    const dataSource = await new DataSource({ ...dataSourceOptions(database.url, 2), entities }).initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map((query) => query.query)).toEqual([]);
      expect(entities.length).toBeGreaterThan(10);
    } finally {
      await dataSource.destroy();
    }
  });

  it('has an entity for every table', async () => {
    const tables = await database.dataSource.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    const entities = await allEntities();
    const dataSource = await new DataSource({ ...dataSourceOptions(database.url, 2), entities }).initialize();
    const known = dataSource.entityMetadatas.map((metadata) => metadata.tableName);
    await dataSource.destroy();
    expect(
      tables
        .map((table) => table.name)
        .filter((name) => name !== 'migrations')
        .sort(),
    ).toEqual(known.sort());
  });

  it('has the indexes that TypeORM cannot see, and those of the data model under their names', async () => {
    const rows = await database.dataSource.query<Definition[]>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'`,
    );
    const definitions = Object.fromEntries(rows.map((row) => [row.name, row.definition]));
    expect(definitions.ix_workflow_executions_client_date).toMatch(/\(client_id, started_at\)/);
    expect(definitions.ix_workflow_executions_client_workflow).toMatch(/\(client_id, workflow_id, started_at\)/);
    expect(definitions.ix_workflow_executions_production_status).toMatch(/\(is_production, status\)/);
    expect(definitions.ix_metrics_aggregations_client_period).toMatch(/\(client_id, period_type, period_start\)/);
    expect(definitions.ix_job_runs_open).toMatch(/\(state, enqueued_at\) WHERE \(state = ANY/);
    expect(definitions.ix_workflow_executions_open).toMatch(/\(client_id, epoch, n8n_execution_id\) WHERE \(status <> ALL/);
    expect(definitions.ix_workflow_executions_detail_pending).toMatch(
      /\(client_id, started_at DESC\) WHERE \(detail_state = 'pending'/,
    );
  });

  it('partitions executions by the start of the execution', async () => {
    const [row] = await database.dataSource.query<{ key: string }[]>(
      `SELECT pg_get_partkeydef('workflow_executions'::regclass) AS key`,
    );
    expect(row?.key).toBe('RANGE (started_at)');
  });

  it('keeps the places of percentiles beside every histogram that is written', async () => {
    const rows = await database.dataSource.query<Definition[]>(
      `SELECT tgname AS name, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal`,
    );
    expect(rows.map((row) => row.name)).toEqual(['keep_percentile_places']);
    expect(rows[0]?.definition).toMatch(
      /BEFORE INSERT OR UPDATE OF duration_buckets, duration_counts, duration_percentiles ON public.metrics_aggregations/,
    );
  });

  it('can be migrated by four processes at once, and back down', async () => {
    const name = `fm_test_migrate_${process.pid}`;
    const admin = new Client({ connectionString: process.env.TEST_DATABASE_URL });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    try {
      const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(url.href)));
      expect(ran.flat()).toHaveLength(migrations.length);
      const dataSource = await new DataSource(dataSourceOptions(url.href, 2)).initialize();
      for (const migration of migrations) {
        await dataSource.undoLastMigration();
        expect(migration).toBeDefined();
      }
      const left = await dataSource.query<{ n: string }[]>(
        `SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'migrations'`,
      );
      await dataSource.destroy();
      expect(left[0]?.n).toBe('0');
    } finally {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    }
  });
});
