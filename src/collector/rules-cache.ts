import { Injectable } from '@nestjs/common';
import { type ClientLockState, type LockedManager } from '../database/index.js';
import { compileRules, type CompiledRules, FilterRulesService } from '../production-filter/index.js';

const MAX_CLIENTS = 1_000;

/** Compiled rule sets by client: patterns are compiled once per version and zone, not once per page. */
@Injectable()
export class RulesCache {
  private readonly compiled = new Map<number, { key: string; rules: CompiledRules }>();

  constructor(private readonly filterRules: FilterRulesService) {}

  /** The rules that apply while the lock is held: nobody can store a newer version meanwhile. */
  async under(manager: LockedManager, state: ClientLockState): Promise<CompiledRules> {
    const key = `${state.ruleVersion}/${state.timezone}`;
    const cached = this.compiled.get(state.clientId);
    if (cached?.key === key) return cached.rules;
    const current = await this.filterRules.current(state.clientId, manager);
    const rules = compileRules(current.rules, state.timezone);
    if (this.compiled.size >= MAX_CLIENTS) this.compiled.clear();
    this.compiled.set(state.clientId, { key, rules });
    return rules;
  }
  /**
   * Names the rules that apply now, for comparing them with those that were applied to what is stored: the version, and for
   * version 0, the defaults of the environment, 0 or a negative number that tells them apart.
   */
  stampOf(state: Pick<ClientLockState, 'ruleVersion'>): number {
    return state.ruleVersion > 0 ? state.ruleVersion : this.defaultsStamp();
  }

  /** The stamp of clients that have stored no rules. 0 are the defaults of the defaults. */
  defaultsStamp(): number {
    const { exclude_manual: manual, exclude_test_workflows: tests } = this.filterRules.parse({});
    return 0 - (manual ? 0 : 1) - (tests ? 0 : 2);
  }
}

/** Stamp of no rules at all: everything that is stored is to be judged again. */
export const NOTHING_APPLIED = -100;
