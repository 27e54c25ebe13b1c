export { callerOf } from './caller.js';
export { FailedAttempts } from './failed-attempts.js';
export { limitRequests } from './limit-requests.js';
export { type PresentedKey } from './presented-key.js';
export { RateLimitModule } from './rate-limit.module.js';
