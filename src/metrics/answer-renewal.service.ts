import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { AnswersService } from './answers.service.js';

/** So many times within the life of a kept answer it is looked what has to be made anew. */
const LOOKS_PER_LIFE = 5;

/** At each of these times, at most: one after the other that is a second of one connection or two. */
const MOST = 50;

/** Has the answers that this process is asked most ready when their time is over, or when another process changed the data. */
@Injectable()
export class AnswerRenewal implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AnswerRenewal.name);
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly answers: AnswersService,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'cacheTtlSeconds'>,
  ) {}

  onApplicationBootstrap(): void {
    const everyMs = (this.config.cacheTtlSeconds * 1_000) / LOOKS_PER_LIFE;
    this.timer = setInterval(() => {
      // A look that takes longer than the time between two is not joined by another one.
      this.looking ??= this.look(everyMs).finally(() => (this.looking = null));
    }, everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(everyMs: number): Promise<void> {
    try {
      // What would end before the look after the next one is made anew: one look may be late.
      await this.answers.makeReady(MOST, { keepMs: 2 * everyMs });
    } catch (error) {
      this.logger.warn({ msg: 'answers could not be computed ahead', err: error });
    }
    this.looks += 1;
    if (this.looks % LOOKS_PER_LIFE === 0) this.answers.fadeDemand();
  }
}
