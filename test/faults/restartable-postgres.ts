import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { embeddedLayout } from '../../src/database/embedded-binaries.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=120',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/** A PostgreSQL of one test file, which may be stopped and started again on the same port. */
export class RestartablePostgres {
  private constructor(
    private readonly dataDir: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async open(): Promise<RestartablePostgres> {
    const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-faults-'));
    chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter
    const server = await startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
    return new RestartablePostgres(dataDir, server);
  }

  get url(): string {
    return this.server.url;
  }

  /** Ends every connection and the server. */
  async stop(): Promise<void> {
    await this.control('-m', 'fast', '-w', 'stop');
  }

  async start(): Promise<void> {
    const settings = [`-p ${new URL(this.url).port}`, ...SETTINGS.map((setting) => `-c ${setting}`)].join(' ');
    await this.control(
      '-w',
      '-t',
      '60',
      '-l',
      join((await embeddedLayout(this.dataDir)).cluster, 'server.log'),
      '-o',
      settings,
      'start',
    );
  }

  /** On a connection of its own, which may write whatever the server's default is. */
  async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.connected(async (client) => (await client.query<Row>(sql, parameters)).rows);
  }

  /** Runs `work` while a transaction holds what `sql` locks. */
  async holding<T>(sql: string, work: () => Promise<T>): Promise<T> {
    return this.connected(async (client) => {
      await client.query('BEGIN');
      await client.query(sql);
      try {
        return await work();
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  /** Makes every new transaction of others read-only, or not. */
  async setReadOnly(on: boolean): Promise<void> {
    await this.query(`ALTER SYSTEM SET default_transaction_read_only = ${on ? 'on' : 'off'}`);
    await this.query('SELECT pg_reload_conf()');
  }

  async close(): Promise<void> {
    await this.server.stop().catch(() => undefined); // a test that failed may have left it stopped
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async connected<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.url, options: '-c default_transaction_read_only=off' });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private async control(...args: string[]): Promise<void> {
    const { pgCtl, cluster, runAs } = await embeddedLayout(this.dataDir);
    const child = spawn(pgCtl, ['-D', cluster, ...args], { cwd: '/', stdio: 'ignore', ...(runAs ?? {}) });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`pg_ctl ${args.at(-1) ?? ''} ended with ${code}`);
  }
}
