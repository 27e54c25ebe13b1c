import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../scripts/support/api.js';
import { type BenchContext } from '../benchmark.js';
import { type BenchDatabase } from './bench-server.js';
import { freePort } from './free-port.js';

const MAIN = join(import.meta.dirname, '../../src/main.js');
const START_LIMIT_MS = 60_000;

/** The real service, role `all`, in a process of its own. */
export interface ServiceProcess {
  pid: number;
  api: Api;
  /** The end of what it has printed: lines at ERROR, for nothing else is logged. */
  output: () => string;
  stop: () => Promise<void>;
}

/** Starts what `npm start` starts, with its defaults but for `more`, and waits until it is ready. @throws Error with its output when it does not start */
export async function startServiceProcess(
  database: BenchDatabase,
  dataDir: string,
  cleanup: BenchContext['cleanup'],
  more: Record<string, string> = {},
): Promise<ServiceProcess> {
  const port = await freePort();
  const adminKey = randomBytes(24).toString('hex');
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'error',
    RATE_LIMIT_PER_MINUTE: '0',
    ADMIN_API_KEY: adminKey,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ...more,
  };
  // A group of its own: Ctrl-C must not stop it before the benchmark does.
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = cleanup.add('the service', () => ended(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-4_000);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_LIMIT_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the service did not start:\n${output}`);
    await sleep(100);
  }
  return { pid: child.pid ?? 0, api: new Api(url, adminKey), output: () => output, stop };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}
