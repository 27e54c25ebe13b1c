import { Injectable } from '@nestjs/common';
import { type LockedManager } from '../database/index.js';
import { compileRules, explain, type ExecutionFacts, type Explanation, FilterRulesService } from '../production-filter/index.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** Why the rules in force say what they say of a stored execution. */
export interface ExecutionExplanation extends Explanation {
  /** Version of the rules in force; 0: the defaults. */
  ruleVersion: number;
  /** As it is now; `null`: not known, rules then see an empty name and no tags. */
  workflow: { name: string; tags: string[] } | null;
}

/** Puts a stored execution in front of the rules in force, in the transaction it was read in. */
@Injectable()
export class ExecutionExplainer {
  constructor(
    private readonly filterRules: FilterRulesService,
    private readonly workflows: WorkflowsRepository,
  ) {}

  async explain(
    manager: LockedManager,
    client: { id: number; timezone: string },
    workflowId: number,
    facts: ExecutionFacts,
  ): Promise<ExecutionExplanation> {
    const { version, rules } = await this.filterRules.current(client.id, manager);
    const known = (await this.workflows.byIds(manager, client.id, [workflowId])).get(workflowId);
    const workflow = known === undefined ? null : { name: known.name, tags: known.tags };
    const explanation = explain(facts, workflow ?? undefined, compileRules(rules, client.timezone));
    return { ...explanation, ruleVersion: version, workflow };
  }
}
