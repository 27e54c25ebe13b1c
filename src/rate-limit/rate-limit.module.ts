import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { COUNTERS, type Counters } from './counters.js';
import { FailedAttempts } from './failed-attempts.js';
import { MemoryCounters } from './memory-counters.js';
import { RedisCounters } from './redis-counters.js';

/** Counts requests and failed attempts: in Redis when REDIS_URL is set, else in this process' memory. */
@Module({
  providers: [
    {
      provide: COUNTERS,
      inject: [APP_CONFIG],
      useFactory: ({ redisUrl }: AppConfig): Counters => (redisUrl === null ? new MemoryCounters() : new RedisCounters(redisUrl)),
    },
    FailedAttempts,
  ],
  exports: [COUNTERS, FailedAttempts],
})
export class RateLimitModule implements OnApplicationShutdown {
  constructor(@Inject(COUNTERS) private readonly counters: Counters) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.counters instanceof RedisCounters) await this.counters.close();
  }
}
