import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchContext } from '../benchmark.js';
import { type SimulatorAnswers, type SimulatorRequest } from './simulator-messages.js';

/** Simulated instances in a process of their own, so that what they cost is not ours. */
export class SimulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Stops it before the benchmark ends. */
    readonly stop: () => Promise<void>,
  ) {}

  static start(cleanup: BenchContext['cleanup']): SimulatorProcess {
    const child = fork(join(import.meta.dirname, '../simulator-child.js'), {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const stop = cleanup.add('the simulator', async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    });
    return new SimulatorProcess(child, stop);
  }

  /** One question at a time. @throws Error with the simulator's own words, or when it ended */
  async ask<K extends SimulatorRequest['kind']>(request: Extract<SimulatorRequest, { kind: K }>): Promise<SimulatorAnswers[K]> {
    const ended = new AbortController();
    const gone = (): void => {
      ended.abort(new Error('the simulator ended'));
    };
    this.child.once('exit', gone);
    try {
      const answered = once(this.child, 'message', { signal: ended.signal });
      this.child.send(request);
      const [reply] = (await answered) as [{ value: SimulatorAnswers[K] } | { error: string }];
      if ('error' in reply) throw new Error(`the simulator: ${reply.error}`);
      return reply.value;
    } finally {
      this.child.off('exit', gone);
    }
  }
}
