import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { migrations } from '../../src/database/index.js';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The command of the image as an upgrade runs it. */
async function migrate(databaseUrl: string): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    ADMIN_API_KEY: 'a'.repeat(24),
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  try {
    const { stdout, stderr } = await run(process.execPath, ['dist/src/migrate.js'], { cwd: root, env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe('the migration command', () => {
  const name = `fm_test_${randomBytes(6).toString('hex')}`;
  const server = process.env.TEST_DATABASE_URL ?? '';
  const url = new URL(server);
  url.pathname = `/${name}`;

  async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    await query(server, `CREATE DATABASE ${name}`);
  });

  afterAll(async () => {
    await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  it('brings an empty database up to date once, also when three run at the same time, and then finds nothing to do', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrate(url.href)));
    expect(runs.map(({ code, output }) => [code, code === 0 ? '' : output])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    expect(runs.filter(({ output }) => output.includes('database migrated: '))).toHaveLength(1);
    expect(await query(url.href, 'SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: migrations.length }]);
    expect(await query(url.href, "SELECT to_regclass('bullmq.job') IS NOT NULL AS queue")).toEqual([{ queue: true }]);
    const again = await migrate(url.href);
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('database schema is up to date') as string });
  });

  it('ends with 1 and the reason when it cannot', async () => {
    const nobody = await migrate('postgres://nobody@127.0.0.1:9/nothing');
    expect(nobody).toMatchObject({ code: 1, output: expect.stringContaining('ECONNREFUSED') as string });
    const wrong = await migrate('mysql://127.0.0.1/nothing');
    expect(wrong).toMatchObject({ code: 1, output: expect.stringMatching(/DATABASE_URL must be a URL/) as string });
  });
});
