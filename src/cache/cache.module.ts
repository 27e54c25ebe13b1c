import { CacheModule as NestCacheModule } from '@nestjs/cache-manager';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { AppCache } from './app-cache.js';
import { RedisSharedStore } from './redis-store.js';
import { SHARED_STORE, type SharedStore } from './shared-store.js';

/** Redis when REDIS_URL is set, else nothing. */
@Module({
  providers: [
    {
      provide: SHARED_STORE,
      inject: [APP_CONFIG],
      useFactory: async (config: AppConfig): Promise<SharedStore | null> =>
        config.redisUrl === null ? null : RedisSharedStore.open(config.redisUrl),
    },
  ],
  exports: [SHARED_STORE],
})
class SharedStoreModule implements OnApplicationShutdown {
  constructor(@Inject(SHARED_STORE) private readonly shared: SharedStore | null) {}

  async onApplicationShutdown(): Promise<void> {
    await this.shared?.close();
  }
}

/** Gives {@link AppCache}; CACHE_TTL_SECONDS is how long an answer is kept. */
@Module({
  imports: [
    SharedStoreModule,
    NestCacheModule.registerAsync({
      imports: [SharedStoreModule],
      inject: [SHARED_STORE],
      useFactory: (shared: SharedStore | null) => ({ stores: shared === null ? [] : [shared.keyv] }),
    }),
  ],
  providers: [AppCache],
  exports: [AppCache],
})
export class CacheModule {}
