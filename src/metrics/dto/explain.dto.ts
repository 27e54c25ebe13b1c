import { ApiProperty } from '@nestjs/swagger';
import { ExecutionDto } from './executions.dto.js';

const OUTCOMES = ['decided', 'not_matched', 'not_applicable', 'not_reached'] as const;

/** One rule in front of the execution. */
export class RuleTrialDto {
  /** @example 'test_name' */
  rule: string;

  @ApiProperty({
    description:
      '`decided`: this rule made the verdict. `not_matched`: it was tried in vain. `not_applicable`: the rules switch it off. ' +
      '`not_reached`: an earlier one decided.',
    enum: OUTCOMES,
    example: 'decided',
  })
  outcome: (typeof OUTCOMES)[number];

  /**
   * What it looked at and found, or what switches it off; `null` when it was not reached.
   * @example 'name "Order test" holds "test"'
   */
  saw: string | null;
}

/** The workflow that the rules saw. */
export class ExplainedWorkflowDto {
  /** @example 'Order test' */
  name: string;

  /** @example ["crm"] */
  tags: string[];
}

/** Why the execution counts as production or not, by the rules in force and the workflow as it is now. */
export class ExplainDto {
  /**
   * Version of the rules in force; 0: the defaults.
   * @example 3
   */
  rule_version: number;

  /** `null`: the workflow is not known; rules then see an empty name and no tags. */
  workflow: ExplainedWorkflowDto | null;

  /** @example false */
  is_production: boolean;

  /** @example 'test_name' */
  filter_reason: string;

  /**
   * False: the stored verdict was made by older rules or by an older name, and is about to be made anew. What is served and counted is
   * the stored one.
   * @example true
   */
  matches_stored_verdict: boolean;

  /**
   * The same in words; `null` when they match.
   * @example null
   */
  note: string | null;

  /** Every rule in the order in which they are tried; exactly one decided. */
  rules: RuleTrialDto[];
}

/** A stored execution with the reasons of its verdict. */
export class ExplainedExecutionDto extends ExecutionDto {
  explain: ExplainDto;
}
