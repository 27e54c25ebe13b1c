import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type BenchContext } from '../benchmark.js';
import { freePort } from '../support/free-port.js';

/** Starts the `redis-server` of the PATH, which writes nothing to disk. @returns its URL, `null` when there is none */
export async function startRedis({ cleanup }: Pick<BenchContext, 'cleanup'>): Promise<string | null> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  cleanup.add('Redis', async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGTERM');
    await exited;
  });
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    if (chunk.toString().includes('Ready to accept connections')) break;
  }
  return `redis://127.0.0.1:${port}`;
}
