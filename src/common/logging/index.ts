export { AppLogger } from './app-logger.js';
export { createLogger } from './create-logger.js';
export { tagRequests, withLogFields } from './log-context.js';
export { logRequests } from './request-log.js';
