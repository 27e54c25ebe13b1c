/** Every job this service has a handler for. */
export const JOB = {
  collect: 'collect',
  sync: 'sync',
  aggregateDaily: 'aggregate-daily',
  aggregateWeekly: 'aggregate-weekly',
  aggregateMonthly: 'aggregate-monthly',
  aggregate: 'aggregate',
  cleanup: 'cleanup',
  cleanupDryRun: 'cleanup-dry-run',
  refreshCache: 'refresh-cache',
  applyConfiguration: 'apply-configuration',
  eraseClient: 'erase-client',
} as const;
