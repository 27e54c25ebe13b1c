// One replica of the built service, role worker, whose clock goes wrong by so many milliseconds: `node replicas-child.mjs <database url> <ms>`.
// Its collection has a slot every second; every handler only writes down that it ran.
const [, , url, skew] = process.argv;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + Number(skew));
    else super(...args);
  }

  static now() {
    return RealDate.now() + Number(skew);
  }
};

await import('reflect-metadata');
const { setTimeout: sleep } = await import('node:timers/promises');
const built = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url).href);
const { Test } = await import('@nestjs/testing');
const { DataSource } = await import('typeorm');
const { AppModule } = await built('app.module.js');
const { closeFor, setupApp, stopOnSignals } = await built('app.setup.js');
const { createFastifyAdapter, createLogger } = await built('common/index.js');
const { loadConfig } = await built('config/index.js');
const { JobsService } = await built('jobs/index.js');
const { JobHandlers } = await built('scheduler/handlers/job-handlers.js');
const { SCHEDULES, schedulesOf } = await built('scheduler/schedules.js');

const JOB_MS = 150;
const LONG_JOB_MS = 10_000;

const config = loadConfig({
  ROLE: 'worker',
  LOG_LEVEL: 'silent',
  DATABASE_URL: url,
  DATABASE_POOL_SIZE: '3',
  SYNC_CONCURRENCY: '4',
  SHUTDOWN_DRAIN_SECONDS: '0',
  ADMIN_API_KEY: 'the-admin-key-of-the-replicas',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
});
const [collect, ...nightly] = schedulesOf(2, 'UTC');
const schedules = [{ ...collect, cron: '* * * * * *', everySeconds: 1 }, ...nightly];
const testing = await Test.createTestingModule({ imports: [AppModule.register(config, url)] })
  .overrideProvider(SCHEDULES)
  .useValue(schedules)
  .overrideProvider(JobHandlers)
  .useValue({})
  .compile();
testing.useLogger(false);
const logger = createLogger('silent');
const app = testing.createNestApplication(createFastifyAdapter({ trustProxy: false, logger }), { bodyParser: false });
app.useLogger(false);

const tell = (event, jobId) =>
  app.get(DataSource).query('INSERT INTO job_events (job_id, pid, event) VALUES ($1, $2, $3)', [jobId, process.pid, event]);
let hanging = false;
const handler = async ({ jobId, signal }) => {
  await tell('start', jobId);
  const long = jobId.startsWith('long.');
  if (hanging && !long) {
    process.send({ hangs: jobId });
    await new Promise(() => undefined);
  }
  await sleep(long ? LONG_JOB_MS : JOB_MS, undefined, { signal });
  await tell('end', jobId);
  return {};
};
const jobs = app.get(JobsService);
for (const name of [...schedules.map((schedule) => schedule.name), 'long']) jobs.registerHandler(name, handler);
await setupApp(app);
stopOnSignals((signal) => closeFor(app, signal), logger);
await app.init();
process.on('message', (message) => {
  if (message === 'hang') hanging = true;
  else void jobs.enqueue({ name: message });
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
