export { CacheRefresher } from './cache-refresher.service.js';
export { MetricsModule } from './metrics.module.js';
export { MetricsWarmer } from './metrics-warmer.service.js';
