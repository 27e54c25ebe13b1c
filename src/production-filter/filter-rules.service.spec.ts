import { Clock } from '../common/index.js';
import { ClientGoneError } from '../database/index.js';
import { FilterRuleSetEntity } from './filter-rule-set.entity.js';
import { type FilterRulesRepository, type NewRuleSet } from './filter-rules.repository.js';
import { FilterRulesService, type StoredRuleSet } from './filter-rules.service.js';
import { type RuleSet } from './rule-set.js';

const NOW = new Date('2026-03-04T12:00:00Z');
const GONE = 404;

class FixedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

/** The rows of one table in an array, through JSON as the database would have them. */
class RowsInMemory implements Pick<FilterRulesRepository, 'newest' | 'listBelow' | 'addVersion'> {
  readonly rows: FilterRuleSetEntity[] = [];

  store(columns: StoredRuleSet): FilterRuleSetEntity {
    const row = Object.assign(new FilterRuleSetEntity(), columns);
    this.rows.push(row);
    return row;
  }

  newest(clientId: number): Promise<FilterRuleSetEntity | null> {
    return Promise.resolve(this.rows.filter((row) => row.clientId === clientId).at(-1) ?? null);
  }

  listBelow(clientId: number, version: number | null, limit: number): Promise<FilterRuleSetEntity[]> {
    const below = this.rows.filter((row) => row.clientId === clientId && row.version < (version ?? Infinity));
    return Promise.resolve(below.reverse().slice(0, limit));
  }

  async addVersion(
    clientId: number,
    decide: (newest: FilterRuleSetEntity | null) => NewRuleSet | null,
  ): Promise<FilterRuleSetEntity | null> {
    if (clientId === GONE) throw new ClientGoneError(clientId);
    const newest = await this.newest(clientId);
    const wanted = decide(newest);
    if (wanted === null) return newest;
    const rules = JSON.parse(JSON.stringify(wanted.rules)) as RuleSet;
    return this.store({ ...wanted, rules, clientId, version: (newest?.version ?? 0) + 1 });
  }
}

describe('FilterRulesService', () => {
  let rows: RowsInMemory;
  let service: FilterRulesService;

  beforeEach(() => {
    rows = new RowsInMemory();
    const defaults = { excludeManual: false, excludeTestWorkflows: true };
    service = new FilterRulesService(rows as unknown as FilterRulesRepository, defaults, new FixedClock());
  });

  it('answers with the defaults of the installation as version 0 before anything is stored', async () => {
    const current = await service.current(1);
    expect(current).toMatchObject({ clientId: 1, version: 0, author: 'defaults' });
    expect(current.rules.exclude_manual).toBe(false);
    expect(await service.versions(1, { limit: 50 })).toEqual({ items: [current], nextCursor: null });
  });

  it('stores each change as the next version and keeps the older ones', async () => {
    await service.put(1, { exclude_workflow_patterns: ['a'] }, 'ada');
    const second = await service.put(1, { exclude_workflow_patterns: ['b'] }, 'bob');
    expect(second).toMatchObject({ version: 2, author: 'bob', createdAt: NOW });
    expect(await service.current(1)).toEqual(second);
    for (const limit of [1, 2, 3, 50]) {
      const seen: [number, string][] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page = await service.versions(1, { cursor, limit });
        seen.push(...page.items.map(({ version, author }): [number, string] => [version, author]));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([
        [2, 'bob'],
        [1, 'ada'],
        [0, 'defaults'],
      ]);
    }
    expect((await service.current(2)).version).toBe(0);
  });

  it('stores nothing when the rules are what they were, however they are written', async () => {
    expect((await service.put(1, { exclude_test_workflows: true }, 'ada')).version).toBe(0);
    const first = await service.put(1, { min_duration_ms: 5 }, 'ada');
    expect(await service.put(1, { name_match: 'word', min_duration_ms: 5 }, 'bob')).toEqual(first);
    expect(await service.put(1, first.rules, 'bob')).toEqual(first);
    expect(rows.rows).toHaveLength(1);
  });

  it('gives a key that did not exist when a version was stored its default', async () => {
    const rules = { exclude_manual: true } as RuleSet;
    rows.store({ clientId: 1, version: 1, rules, author: 'ada', createdAt: NOW });
    expect((await service.current(1)).rules).toMatchObject({ exclude_manual: true, match_execution_data: true });
  });

  it('still reads a version that was accepted before rules became stricter, and refuses it as a new one', async () => {
    const rules = {
      ...(await service.current(1)).rules,
      exclude_workflow_patterns: ['order.{0,60}test.{0,60}', 'shop'],
      include_workflow_patterns: ['shop'],
    };
    rows.store({ clientId: 1, version: 1, rules, author: 'ada', createdAt: NOW });
    expect((await service.current(1)).rules).toEqual(rules);
    await expect(service.put(1, { ...rules, exclude_manual: true }, 'ada')).rejects.toMatchObject({
      code: 'invalid_filter_rules',
    });
  });

  it('refuses bad rules and unknown clients', async () => {
    await expect(service.put(1, { exclude_workflow_patterns: ['('] }, 'ada')).rejects.toMatchObject({
      code: 'invalid_filter_rules',
    });
    await expect(service.put(GONE, { count_sub_workflows: true }, 'ada')).rejects.toMatchObject({
      code: 'client_not_found',
      status: 404,
    });
    expect(rows.rows).toHaveLength(0);
  });

  it('does not blame the caller for a stored version that cannot be read', async () => {
    const rules = { exclude_manual: 'perhaps' } as unknown as RuleSet;
    rows.store({ clientId: 1, version: 3, rules, author: 'ada', createdAt: NOW });
    await expect(service.current(1)).rejects.toThrow('Version 3 of the filter rules of client 1 cannot be read');
  });
});
