import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedLayout, embeddedLayout } from './embedded-binaries.js';

const USER = 'flowmastery';
const DATABASE = 'flowmastery';
/** Held by the process that owns the server, so that a second one on the same DATA_DIR is noticed and a dead one is not. */
const OWNER_LOCK = 7_240_311_905;
const START_ATTEMPTS = 20;

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** `false` trades crash safety of the machine for speed: tests and the demo. */
  durable: boolean;
  log: (message: string) => void;
}

/** A running server of our own. `stop` ends it and resolves when it is down. */
export interface EmbeddedPostgres {
  url: string;
  stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL in `<dataDir>/postgres`, or adopts the server that a killed process left running there.
 * @throws Error with what to do: another live process uses the folder, no package for this platform, the server's own words
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const layout = await embeddedLayout(options.dataDir);
  if (layout.movedBecause !== null) options.log(`${layout.movedBecause}: the database lives in ${layout.cluster}`);
  // Beside the cluster, wherever that is: neither is of use without the other.
  const password = keptPassword(`${layout.cluster}.json`, existsSync(layout.cluster));
  if (!existsSync(layout.cluster)) await createCluster(layout, password, options);
  for (let attempt = 1; ; attempt += 1) {
    const port = await runningPort(layout, options);
    const url = (database: string): string => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
    const owner = await claim(url('postgres'));
    if (owner !== null) {
      const stop = async (): Promise<void> => {
        await owner.end().catch(() => undefined);
        await run(layout, layout.pgCtl, ['-D', layout.cluster, '-m', 'fast', '-w', '-t', '60', 'stop']);
      };
      return { url: url(DATABASE), stop };
    }
    if (attempt === START_ATTEMPTS)
      throw new Error(`PostgreSQL in ${layout.cluster} does not answer; see ${layout.cluster}/server.log`);
    await sleep(500);
  }
}

/** The generated password survives restarts; without it an existing cluster cannot be opened. */
function keptPassword(file: string, clusterExists: boolean): string {
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { password: string }).password;
  if (clusterExists) throw new Error(`${file} is missing, so the database beside it cannot be opened: restore the file`);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${JSON.stringify({ password })}\n`, { mode: 0o600 });
  return password;
}

/** initdb into a folder beside, renamed when it is whole: a crash in between leaves nothing that looks like a cluster. */
async function createCluster(layout: EmbeddedLayout, password: string, options: EmbeddedPostgresOptions): Promise<void> {
  options.log('creating the embedded PostgreSQL (about a second) ...');
  const partial = `${layout.cluster}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(layout.runAs === null ? tmpdir() : '/var/tmp', 'flowmastery-init-'));
  const file = join(secret, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (layout.runAs !== null) for (const path of [partial, secret, file]) chownSync(path, layout.runAs.uid, layout.runAs.gid);
  try {
    const args = [
      '-D',
      partial,
      '-U',
      USER,
      `--pwfile=${file}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ];
    await run(layout, layout.initdb, options.durable ? args : [...args, '--no-sync']);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
  renameSync(partial, layout.cluster);
}

/** Port of the server that runs on the cluster, starting it if none does. */
async function runningPort(layout: EmbeddedLayout, options: EmbeddedPostgresOptions): Promise<number> {
  const adopted = await portOfRunning(layout);
  if (adopted !== null) return adopted;
  if (layout.runAs !== null && statSync(layout.cluster).uid !== layout.runAs.uid) {
    throw new Error(
      `${layout.cluster} belongs to another user than the one that runs PostgreSQL here: chown it, or give DATABASE_URL`,
    );
  }
  const port = await freePort();
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'];
  const common = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'shared_buffers=128MB',
    'max_wal_size=1GB',
  ];
  const settings = [...common, ...(options.durable ? [] : fast)].map((setting) => `-c ${setting}`).join(' ');
  const log = join(layout.cluster, 'server.log');
  try {
    await run(layout, layout.pgCtl, [
      '-D',
      layout.cluster,
      '-w',
      '-t',
      '120',
      '-l',
      log,
      '-o',
      `-p ${port} ${settings}`,
      'start',
    ]);
  } catch (error) {
    // Another process may have started it in between; then its port counts.
    const other = await portOfRunning(layout);
    if (other === null) throw new Error(`PostgreSQL did not start; see ${log}`, { cause: error });
    return other;
  }
  return port;
}

async function portOfRunning(layout: EmbeddedLayout): Promise<number | null> {
  const status = await exitCode(layout, layout.pgCtl, ['-D', layout.cluster, 'status']);
  const pidFile = join(layout.cluster, 'postmaster.pid');
  if (status !== 0 || !existsSync(pidFile)) return null;
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

/** Takes the owner lock. `null`: the server does not answer (yet). Throws when another live process holds it. */
async function claim(url: string): Promise<Client | null> {
  const client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const answer = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [OWNER_LOCK]);
      if (answer.rows[0]?.got === true) {
        const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
        if (known.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
        return client;
      }
      await sleep(300); // a killed owner's connection takes a moment to be noticed
    }
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
  await client.end();
  throw new Error('Another running process uses this DATA_DIR: stop it, or choose another DATA_DIR');
}

async function run(layout: EmbeddedLayout, program: string, args: string[]): Promise<void> {
  const code = await exitCode(layout, program, args);
  if (code !== 0) throw new Error(`${program} ended with code ${code}`);
}

/** stdio is ignored because the server would keep a pipe open; cwd `/` because the other user may not enter ours. */
function exitCode(layout: EmbeddedLayout, program: string, args: string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', stdio: 'ignore', ...(layout.runAs ?? {}) });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no free port'));
        else resolve(address.port);
      });
    });
  });
}
