import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchContext } from '../benchmark.js';

/** A process that answers one question at a time. */
export class Child {
  private constructor(
    private readonly child: ChildProcess,
    private readonly what: string,
    /** Ends it before the benchmark ends. */
    readonly stop: () => Promise<void>,
  ) {}

  /** @param file below `bench/`; it ends when it is disconnected */
  static start(file: string, what: string, cleanup: BenchContext['cleanup']): Child {
    const child = fork(join(import.meta.dirname, '..', file), {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const stop = cleanup.add(what, async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      await exited;
    });
    return new Child(child, what, stop);
  }

  /** @throws Error with the process' own words, or when it ended */
  async ask<T>(request: Serializable): Promise<T> {
    const ended = new AbortController();
    const gone = (): void => {
      ended.abort(new Error(`${this.what} ended`));
    };
    this.child.once('exit', gone);
    try {
      const answered = once(this.child, 'message', { signal: ended.signal });
      this.child.send(request);
      const [reply] = (await answered) as [{ value: T } | { error: string }];
      if ('error' in reply) throw new Error(`${this.what}: ${reply.error}`);
      return reply.value;
    } finally {
      this.child.off('exit', gone);
    }
  }
}

/** The other side of a {@link Child}: answers what it is asked, and ends when nobody can ask any more. */
export function answerAll(answer: (request: never) => Promise<unknown>, close: () => Promise<unknown>): void {
  process.on('message', (message) => {
    // Both ends are of one build: it is what the benchmark sent.
    answer(message as never).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => void close().finally(() => process.exit(0)));
  // Ctrl-C reaches the whole group: the benchmark ends this process when it is done with it.
  process.on('SIGINT', () => undefined);
}
