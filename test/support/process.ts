import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { UNLIMITED } from './unlimited.js';

const root = join(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 60_000;

/** The built service in a process of its own, as `npm start` runs it. */
export interface ServiceProcess {
  url: string;
  adminKey: string;
  /** Everything it has printed so far. */
  output: () => string;
  /** Sends a signal and waits for the end. @returns the exit code, `null` when a signal ended it */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `dist/src/main.js` and waits until it listens. @throws Error with its output when it does not */
export async function startServiceProcess(dataDir: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const port = await freePort();
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !['DATABASE_URL', 'REDIS_URL', 'ADMIN_API_KEY'].includes(name)),
  );
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: root,
    env: {
      ...clean,
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'info',
      SHUTDOWN_DRAIN_SECONDS: '0',
      ...UNLIMITED,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const url = `http://127.0.0.1:${port}`;
  await listening(url, child, () => output);
  const adminKey = env.ADMIN_API_KEY ?? generatedKey(dataDir);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited)[0];
  };
  return { url, adminKey, output: () => output, end };
}

function generatedKey(dataDir: string): string {
  return (JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as { admin_api_key: string }).admin_api_key;
}

async function listening(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until && child.exitCode === null) {
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the service did not start:\n${output()}`);
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
