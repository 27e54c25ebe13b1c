// `npm run test:chaos`: the chaos test of the collector with 200 seeds. CHAOS_SEED=17 repeats one, CHAOS_SEEDS=201-400 takes others.
process.env.CHAOS_SEEDS ??= '200';
process.argv.splice(2, 0, 'scripts/test.js', 'test/chaos', '--runInBand');
await import('./run-built.mjs');
