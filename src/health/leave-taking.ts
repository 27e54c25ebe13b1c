import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../config/index.js';

/**
 * The first and the last of a shutdown: the process says that it is not ready before anything is closed, and goes on answering until
 * load balancers have noticed. Jobs are ended in the meantime.
 */
@Injectable()
export class LeaveTaking implements OnModuleDestroy, BeforeApplicationShutdown {
  private since: number | null = null;

  constructor(@Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'shutdownDrainSeconds'>) {}

  /** True from the moment at which the shutdown began. */
  get leaving(): boolean {
    return this.since !== null;
  }

  // Runs in every module before the next step begins in any.
  onModuleDestroy(): void {
    this.since = performance.now();
  }

  /** Only orchestrators send SIGTERM; whoever presses Ctrl-C, or closes an application in a test, need not wait. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal !== 'SIGTERM' || this.since === null) return;
    await sleep(Math.max(0, this.since + this.config.shutdownDrainSeconds * 1_000 - performance.now()));
  }
}
