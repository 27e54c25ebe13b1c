import { type DataSource } from 'typeorm';

/** Connections of one process to the database; those of the job queue are not among them. */
export interface PoolStatistics {
  max: number;
  open: number;
  idle: number;
  /** Queries that wait for a connection. */
  waiting: number;
}

/** The part of pg's pool that is looked at; TypeORM does not tell its type. */
interface Pool {
  options: { max: number };
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** How busy the pool is at this moment. */
export function poolStatistics(dataSource: DataSource): PoolStatistics {
  const { master } = dataSource.driver as unknown as { master: Pool };
  return { max: master.options.max, open: master.totalCount, idle: master.idleCount, waiting: master.waitingCount };
}
