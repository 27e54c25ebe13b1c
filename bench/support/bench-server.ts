import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { type BenchContext } from '../benchmark.js';

/** An empty database with the whole schema. */
export interface BenchDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** A PostgreSQL server for one benchmark. */
export interface BenchServer {
  /** A folder for the service's own files; goes with the server. */
  dataDir: string;
  createDatabase: () => Promise<BenchDatabase>;
}

/** The given server, or an embedded one with the settings of production: figures of a server without fsync would be no figures. */
export async function startBenchServer({
  options,
  cleanup,
  say,
}: Omit<BenchContext, 'options'> & { options: Pick<BenchContext['options'], 'databaseUrl'> }): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-bench-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter it
  cleanup.add(dataDir, () => {
    rmSync(dataDir, { recursive: true, force: true });
    return Promise.resolve();
  });
  let url = options.databaseUrl;
  if (url === null) {
    const starting = startEmbeddedPostgres({ dataDir, durable: true, log: say });
    // Registered before it runs: an interrupted start must not leave a server behind.
    cleanup.add('PostgreSQL', async () => {
      const started = await starting.catch(() => null);
      await started?.stop();
    });
    url = (await starting).url;
  }
  const server = url;
  return { dataDir, createDatabase: () => createDatabase(server, cleanup) };
}

async function createDatabase(server: string, cleanup: BenchContext['cleanup']): Promise<BenchDatabase> {
  const name = `fm_bench_${randomBytes(6).toString('hex')}`;
  const creating = asAdmin(server, `CREATE DATABASE ${name}`);
  const drop = cleanup.add(`database ${name}`, async () => {
    const created = await creating.then(
      () => true,
      () => false,
    );
    if (created) await asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  await creating;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return { url: url.href, drop };
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
