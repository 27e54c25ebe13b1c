export { AppCache, type CacheOutcome, type CacheStats, type Found } from './app-cache.js';
export { CacheModule } from './cache.module.js';
export { type Document } from './document.js';
export { type CacheStatus } from './shared-store.js';
export { RedisConnection } from './redis-connection.js';
