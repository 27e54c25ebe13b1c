import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { partitionsOf } from './partitions.js';

const PARTITION_LOCK = 7_240_311_907;

/** Makes the weekly partitions of `workflow_executions` before rows arrive: there is no default partition to fall into. */
@Injectable()
export class PartitionsRepository {
  private readonly known = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Creates what is missing for rows started at these instants, in a short transaction of its own. Built beside and attached,
   * so that readers and writers of the other weeks are not blocked.
   */
  async ensurePartitions(instants: Iterable<Date>): Promise<void> {
    for (const { name, from, to } of partitionsOf(instants)) {
      if (this.known.has(name)) continue;
      await this.dataSource.transaction(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
        const [found] = await manager.query<{ found: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
        if (found?.found === true) return;
        await manager.query(`CREATE TABLE ${name} (LIKE workflow_executions INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
        await manager.query(
          `ALTER TABLE workflow_executions ATTACH PARTITION ${name} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
        );
      });
      this.known.add(name);
    }
  }

  /** Retention dropped a partition: it has to be made again if it is ever needed. */
  forget(name: string): void {
    this.known.delete(name);
  }
}
