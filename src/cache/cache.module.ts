import { CacheModule as NestCacheModule } from '@nestjs/cache-manager';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { AppCache } from './app-cache.js';
import { CACHE_BACKEND, type CacheBackend } from './cache-backend.js';
import { MemoryBackend } from './memory-backend.js';
import { RedisBackend } from './redis-backend.js';

/** Redis when REDIS_URL is set, else this process' memory. */
@Module({
  providers: [
    {
      provide: CACHE_BACKEND,
      inject: [APP_CONFIG],
      useFactory: async (config: AppConfig): Promise<CacheBackend> =>
        config.redisUrl === null ? new MemoryBackend() : RedisBackend.open(config.redisUrl),
    },
  ],
  exports: [CACHE_BACKEND],
})
class CacheBackendModule implements OnApplicationShutdown {
  constructor(@Inject(CACHE_BACKEND) private readonly backend: CacheBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}

/** Gives {@link AppCache}; CACHE_TTL_SECONDS is how long an answer is kept. */
@Module({
  imports: [
    CacheBackendModule,
    NestCacheModule.registerAsync({
      imports: [CacheBackendModule],
      inject: [CACHE_BACKEND, APP_CONFIG],
      useFactory: (backend: CacheBackend, config: AppConfig) => ({ stores: [backend.keyv], ttl: config.cacheTtlSeconds * 1000 }),
    }),
  ],
  providers: [AppCache],
  exports: [AppCache],
})
export class CacheModule {}
