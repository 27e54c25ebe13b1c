export { AppLogger } from './app-logger.js';
export { createLogger } from './create-logger.js';
export { logRequests } from './request-log.js';
