export { arrayLiteral } from './array-literal.js';
export {
  ClientGoneError,
  ClientCommits,
  ClientLock,
  type ClientLockState,
  type EpochStart,
  FLOOR_LOCK,
  type LockedManager,
  raiseDataVersion,
  withClientLock,
} from './client-lock.js';
export { DatabaseLoad } from './database-load.js';
export { DATABASE_URL, DatabaseModule } from './database.module.js';
export { type EmbeddedPostgres } from './embedded-postgres.js';
export { migrations } from './migrate.js';
export { type OpenDatabase, openDatabase } from './open-database.js';
export { type PoolStatistics, poolStatistics } from './pool-statistics.js';
export { bigintNumber } from './transformers.js';
export { uniqueViolation } from './unique-violation.js';
