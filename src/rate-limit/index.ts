export { callerOf, presentedKey } from './caller.js';
export { FailedAttempts } from './failed-attempts.js';
export { limitRequests } from './limit-requests.js';
export { RateLimitModule } from './rate-limit.module.js';
