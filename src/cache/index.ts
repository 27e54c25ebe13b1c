export { AppCache, type Cached, type CacheOutcome, type CacheStats } from './app-cache.js';
export { type CacheStatus } from './cache-backend.js';
export { CacheModule } from './cache.module.js';
