import { type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClockModule } from '../../src/common/index.js';
import { type AppConfig, ConfigModule } from '../../src/config/index.js';
import { DatabaseModule } from '../../src/database/index.js';
import { type JobHandler, type JobRun, JobsModule, JobsService } from '../../src/jobs/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** Replicas that work on one database. */
export class JobsFixture {
  private readonly replicas: INestApplicationContext[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly handlers: Record<string, JobHandler>,
  ) {}

  static async create(handlers: Record<string, JobHandler>): Promise<JobsFixture> {
    return new JobsFixture(await createTestDatabase(), handlers);
  }

  /** Of the first replica that runs. */
  get jobs(): JobsService {
    return this.get(JobsService);
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    const [first] = this.replicas;
    if (first === undefined) throw new Error('no replica runs');
    return first.get<T>(type);
  }

  async start(role: AppConfig['role']): Promise<INestApplicationContext> {
    const config = { role, syncConcurrency: 4, databasePoolSize: 3 } as AppConfig;
    const testing = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), DatabaseModule.forRoot(this.database.url), ClockModule, JobsModule],
    }).compile();
    testing.useLogger(false);
    for (const [name, handler] of Object.entries(this.handlers)) testing.get(JobsService).registerHandler(name, handler);
    await testing.init();
    this.replicas.push(testing);
    return testing;
  }

  async stop(replica: INestApplicationContext): Promise<void> {
    this.replicas.splice(this.replicas.indexOf(replica), 1);
    await replica.close();
  }

  async over(jobId: string, seconds = 20): Promise<JobRun | null> {
    return this.jobs.waitFor(jobId, seconds);
  }

  async drop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.database.drop();
  }
}

/** A promise and the function that fulfils it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error('it did not happen within 10 s');
}
