import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, decodeCursor, NotFoundError, type Page, toPage } from '../common/index.js';
import { ClientGoneError } from '../database/index.js';
import { type FilterRuleSetEntity } from './filter-rule-set.entity.js';
import { FilterRulesRepository, type Transaction } from './filter-rules.repository.js';
import { parseRuleSet, readStoredRuleSet } from './parse-rule-set.js';
import { type RuleDefaults, type RuleSet } from './rule-set.js';

/** Injection token of the {@link RuleDefaults} of this installation. */
export const RULE_DEFAULTS = Symbol('RULE_DEFAULTS');

/** One version of a client's rules. Version 0 is what applies before anybody stored any: `author` is `defaults`, `createdAt` 1970. */
export interface StoredRuleSet {
  clientId: number;
  version: number;
  rules: RuleSet;
  author: string;
  createdAt: Date;
}

const pageKey = z.object({ version: z.int32().min(1) });

/** Keeps the versions of every client's rules; whether a client exists is asked of others. */
@Injectable()
export class FilterRulesService {
  constructor(
    private readonly repository: FilterRulesRepository,
    @Inject(RULE_DEFAULTS) private readonly defaults: RuleDefaults,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks rules without storing them, with the defaults of this installation.
   * @throws InvalidInputError `invalid_filter_rules`
   */
  parse(json: unknown): RuleSet {
    return parseRuleSet(json, this.defaults);
  }

  /**
   * The rules that apply now.
   * @param transaction the one that holds the client's lock, when there is one: asking for a second connection while holding
   * the first lets a busy pool wait for itself
   */
  async current(clientId: number, transaction?: Transaction): Promise<StoredRuleSet> {
    return this.storedOrDefaults(clientId, await this.repository.newest(clientId, transaction));
  }

  /**
   * Stores rules as the next version, or returns the current one when they are the same. History is classified again later,
   * by whoever compares the versions.
   * @throws InvalidInputError `invalid_filter_rules`, NotFoundError `client_not_found`
   */
  async put(clientId: number, json: unknown, author: string): Promise<StoredRuleSet> {
    const rules = this.parse(json);
    try {
      const newest = await this.repository.addVersion(clientId, (before) => {
        const now = this.storedOrDefaults(clientId, before);
        return isDeepStrictEqual(now.rules, rules) ? null : { rules, author, createdAt: this.clock.now() };
      });
      return this.storedOrDefaults(clientId, newest);
    } catch (error) {
      if (error instanceof ClientGoneError) throw new NotFoundError('client_not_found', `There is no client ${clientId}.`);
      throw error;
    }
  }

  /**
   * Every version, newest first; the last is version 0, the defaults.
   * @throws InvalidInputError `invalid_cursor`
   */
  async versions(clientId: number, page: { cursor?: string | undefined; limit: number }): Promise<Page<StoredRuleSet>> {
    const below = page.cursor === undefined ? null : decodeCursor(page.cursor, pageKey).version;
    const rows = await this.repository.listBelow(clientId, below, page.limit + 1);
    const versions = [...rows.map((row) => this.stored(row)), this.versionZero(clientId)];
    return toPage(versions, page.limit, ({ version }) => ({ version }));
  }

  private storedOrDefaults(clientId: number, row: FilterRuleSetEntity | null): StoredRuleSet {
    return row === null ? this.versionZero(clientId) : this.stored(row);
  }

  private versionZero(clientId: number): StoredRuleSet {
    return { clientId, version: 0, rules: this.parse({}), author: 'defaults', createdAt: new Date(0) };
  }

  private stored({ clientId, version, rules, author, createdAt }: FilterRuleSetEntity): StoredRuleSet {
    try {
      return { clientId, version, rules: readStoredRuleSet(rules, this.defaults), author, createdAt };
    } catch (cause) {
      throw new Error(`Version ${version} of the filter rules of client ${clientId} cannot be read`, { cause });
    }
  }
}
