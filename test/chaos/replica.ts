import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const START_LIMIT_MS = 60_000;
const COMMAND_LIMIT_MS = 30_000;
const KEPT_OUTPUT = 4_000;

/** What a replica is asked to do. */
export type Command =
  | {
      name: 'connect';
      client: { name: string; n8nBaseUrl: string; n8nApiKey: string; timezone: string; requestsPerMinute: number };
    }
  | { name: 'sync'; clientId: number; full: boolean }
  | { name: 'rollup'; clientId: number };

/** How a command failed inside the replica. */
export interface ReplicaError {
  name: string;
  code: string | null;
  message: string;
  stack: string;
}

/** `stuck`: no answer within 30 s; the replica was killed for it. */
export type Ended =
  { kind: 'done'; result: unknown } | { kind: 'failed'; error: ReplicaError } | { kind: 'killed' } | { kind: 'stuck' };

interface Answer {
  id: number;
  result?: unknown;
  error?: ReplicaError;
}

/** A process of the service that does what it is told, until it is killed. */
export class Replica {
  private readonly waiting = new Map<number, (ended: Ended) => void>();
  private readonly exited: Promise<unknown>;
  private lastId = 0;
  private output = '';
  private over = false;

  private constructor(private readonly child: ChildProcess) {
    this.exited = new Promise((resolve) => {
      child.once('exit', resolve).once('error', resolve);
    }).then(() => {
      this.over = true;
      for (const end of this.waiting.values()) end({ kind: 'killed' });
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT);
    });
    child.on('message', (message) => {
      if (message !== 'ready') this.take(message as Answer);
    });
  }

  /** @throws Error with what the process said when it does not come up within a minute */
  static async start(databaseUrl: string): Promise<Replica> {
    const child = fork(join(import.meta.dirname, 'replica-child.mjs'), [databaseUrl], {
      execArgv: ['--max-semi-space-size=32'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const replica = new Replica(child);
    const up = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(START_LIMIT_MS) }).then(
        () => true,
        () => false,
      ),
      replica.exited.then(() => false),
    ]);
    if (up) return replica;
    await replica.kill();
    throw new Error(`a replica did not come up:\n${replica.output}`);
  }

  get alive(): boolean {
    return !this.over;
  }

  /** Resolves when the command has ended, whichever way. `now`: milliseconds since 1970. */
  ask(command: Command, now: number): Promise<Ended> {
    return new Promise((resolve) => {
      this.lastId += 1;
      const id = this.lastId;
      const end = (ended: Ended): void => {
        clearTimeout(limit);
        this.waiting.delete(id);
        resolve(ended);
      };
      const limit = setTimeout(() => {
        end({ kind: 'stuck' });
        void this.kill();
      }, COMMAND_LIMIT_MS);
      this.waiting.set(id, end);
      // A process that is gone cannot be told anything: its exit ends the command.
      if (this.over) end({ kind: 'killed' });
      else this.child.send({ id, now, ...command }, () => undefined);
    });
  }

  /** `kill -9`, and waits for the end. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  private take({ id, result, error }: Answer): void {
    this.waiting.get(id)?.(error === undefined ? { kind: 'done', result } : { kind: 'failed', error });
  }
}
