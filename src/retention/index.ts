export { RetentionModule } from './retention.module.js';
export { type CleanupCounts, RetentionService } from './retention.service.js';
