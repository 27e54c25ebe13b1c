import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { raiseDataVersion, withClientLock } from '../database/index.js';
import { FilterRuleSetEntity } from './filter-rule-set.entity.js';

/** A transaction that is under way. */
export type Transaction = EntityManager;

/** A row of `filter_rule_sets` without its keys. */
export type NewRuleSet = Pick<FilterRuleSetEntity, 'rules' | 'author' | 'createdAt'>;

/** The versions of every client's rules. Rows are only ever added. */
@Injectable()
export class FilterRulesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest version, or `null` when none was ever stored. */
  async newest(clientId: number, transaction: Transaction = this.dataSource.manager): Promise<FilterRuleSetEntity | null> {
    return transaction.findOne(FilterRuleSetEntity, { where: { clientId }, order: { version: 'DESC' } });
  }

  /** Stored versions below one, or all of them, newest first. */
  async listBelow(clientId: number, version: number | null, limit: number): Promise<FilterRuleSetEntity[]> {
    const where = version === null ? { clientId } : { clientId, version: LessThan(version) };
    return this.dataSource.manager.find(FilterRuleSetEntity, { where, order: { version: 'DESC' }, take: limit });
  }

  /**
   * Adds the next version when `decide`, which sees the newest one, asks for it.
   * @returns the newest row afterwards, `null` when there is none
   * @throws ClientGoneError
   */
  async addVersion(
    clientId: number,
    decide: (newest: FilterRuleSetEntity | null) => NewRuleSet | null,
  ): Promise<FilterRuleSetEntity | null> {
    return withClientLock(this.dataSource, clientId, async (manager) => {
      const newest = await this.newest(clientId, manager);
      const wanted = decide(newest);
      if (wanted === null) return newest;
      const row = manager.create(FilterRuleSetEntity, { ...wanted, clientId, version: (newest?.version ?? 0) + 1 });
      await manager.insert(FilterRuleSetEntity, row);
      // The client's verdicts are out of date from here on, and its answers say so.
      await raiseDataVersion(manager, clientId);
      return row;
    });
  }
}
