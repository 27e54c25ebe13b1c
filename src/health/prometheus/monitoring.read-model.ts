import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ClientGauges, ClientGaugesReadModel } from '../../collector/index.js';
import { MAX_CLIENT_SERIES } from '../../common/index.js';
import { type PoolStatistics, poolStatistics } from '../../database/index.js';
import { type JobGauges, JobGaugesReadModel } from '../../jobs/index.js';
import { JOB } from '../../scheduler/index.js';

/** Given to the server, so that it stops too when nobody waits any more. */
const STATEMENT_LIMIT_MS = 1_500;

const RECURRING = [JOB.collect, JOB.aggregateDaily, JOB.aggregateWeekly, JOB.aggregateMonthly, JOB.cleanup];

/** What the database tells about all replicas at once. */
export interface Monitored {
  /** All clients, by id. */
  clients: ClientGauges[];
  /** `lastSeconds` of the first clients only: of those that get series of their own. */
  jobs: JobGauges;
}

/** What Prometheus is shown of the database. */
@Injectable()
export class MonitoringReadModel {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clients: ClientGaugesReadModel,
    private readonly jobs: JobGaugesReadModel,
  ) {}

  /** Two short statements in one transaction. */
  async read(): Promise<Monitored> {
    return this.dataSource.transaction('READ COMMITTED', async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = ${STATEMENT_LIMIT_MS}`);
      const clients = await this.clients.all(manager);
      const clientIds = clients.slice(0, MAX_CLIENT_SERIES).map(({ clientId }) => clientId);
      return { clients, jobs: await this.jobs.read(manager, { recurring: RECURRING, perClient: JOB.sync, clientIds }) };
    });
  }

  pool(): PoolStatistics {
    return poolStatistics(this.dataSource);
  }
}
