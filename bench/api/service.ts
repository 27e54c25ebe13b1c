import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import { type BenchContext } from '../benchmark.js';
import { type BenchDatabase } from '../support/bench-server.js';
import { Child } from '../support/child.js';
import { type LoadAnswer, type LoadRequest, type ServiceAnswers, type ServiceRequest } from './messages.js';

/** An answer as it came. */
export interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

/** Enough for every request of a measurement: what limits requests is not measured, what counts them is. */
const REQUESTS_PER_MINUTE = '10000000';

/** The whole service, role `api`, in a process of its own. */
export class Service {
  private readonly agent = new Agent({ connections: 1, pipelining: 1 });

  private constructor(
    private readonly child: Child,
    readonly port: number,
    readonly adminKey: string,
  ) {}

  static async start(
    { cleanup }: Pick<BenchContext, 'cleanup'>,
    database: Pick<BenchDatabase, 'url'>,
    dataDir: string,
    env: Record<string, string> = {},
  ): Promise<Service> {
    const adminKey = randomBytes(24).toString('hex');
    const child = Child.start('api-child.js', 'the service', cleanup);
    const port = await child.ask<number>({
      kind: 'start',
      databaseUrl: database.url,
      env: {
        DATA_DIR: dataDir,
        ROLE: 'api',
        ADMIN_API_KEY: adminKey,
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        RATE_LIMIT_PER_MINUTE: REQUESTS_PER_MINUTE,
        ...env,
      },
    });
    const service = new Service(child, port, adminKey);
    cleanup.add('connections to the service', () => service.agent.destroy());
    return service;
  }

  /** One question at a time. */
  async ask<K extends ServiceRequest['kind']>(question: Extract<ServiceRequest, { kind: K }>): Promise<ServiceAnswers[K]> {
    return this.child.ask<ServiceAnswers[K]>(question);
  }

  /** Always on the same connection. @throws Error for any status but 200 and 304 */
  async get(path: string, headers: Record<string, string> = this.authorized()): Promise<Received> {
    const answer = await request(`http://127.0.0.1:${this.port}${path}`, { headers, dispatcher: this.agent });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode !== 200 && answer.statusCode !== 304) {
      throw new Error(`${path}: ${answer.statusCode} ${bytes.toString().slice(0, 500)}`);
    }
    return { status: answer.statusCode, headers: answer.headers, bytes };
  }

  authorized(key = this.adminKey): Record<string, string> {
    return { authorization: `Bearer ${key}` };
  }

  async stop(): Promise<void> {
    await this.agent.destroy();
    await this.child.stop();
  }
}

/** Asks from a process of its own. */
export class Load {
  private constructor(private readonly child: Child) {}

  static start({ cleanup }: Pick<BenchContext, 'cleanup'>): Load {
    return new Load(Child.start('load-child.js', 'the load', cleanup));
  }

  /** @returns answers a second @throws Error when one of them has another status */
  async rate(question: Omit<LoadRequest, 'kind'>, status: number): Promise<number> {
    const { rate, statuses } = await this.child.ask<LoadAnswer>({ kind: 'load', ...question });
    const others = Object.keys(statuses).filter((other) => Number(other) !== status);
    if (others.length > 0) throw new Error(`${question.path}: not all answers were ${status}: ${JSON.stringify(statuses)}`);
    return rate;
  }
}
