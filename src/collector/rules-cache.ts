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
}
