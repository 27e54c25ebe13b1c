export { MetricsModule } from './metrics.module.js';
export { MetricsWarmer } from './metrics-warmer.service.js';
