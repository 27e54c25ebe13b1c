// `npm run test:faults`: what the real service does when its database, its cache or its own process fail. Slow, because outages take their time.
process.env.TEST_RESULT ??= 'faults.json';
process.argv.splice(2, 0, 'scripts/test.js', '--testMatch=**/test/faults/*.fault-spec.ts', '--runInBand');
await import('./run-built.mjs');
