import { type BenchContext } from '../benchmark.js';
import { Child } from './child.js';
import { type SimulatorAnswers, type SimulatorRequest } from './simulator-messages.js';

/** Simulated instances in a process of their own, so that what they cost is not ours. */
export class SimulatorProcess {
  private constructor(private readonly child: Child) {}

  static start(cleanup: BenchContext['cleanup']): SimulatorProcess {
    return new SimulatorProcess(Child.start('simulator-child.js', 'the simulator', cleanup));
  }

  /** Stops it before the benchmark ends. */
  async stop(): Promise<void> {
    await this.child.stop();
  }

  /** One question at a time. @throws Error with the simulator's own words, or when it ended */
  async ask<K extends SimulatorRequest['kind']>(request: Extract<SimulatorRequest, { kind: K }>): Promise<SimulatorAnswers[K]> {
    return this.child.ask<SimulatorAnswers[K]>(request);
  }
}
