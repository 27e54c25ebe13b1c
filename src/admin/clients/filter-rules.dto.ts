import { PartialType } from '@nestjs/swagger';

/** A stretch of local time that is never production. */
export class QuietHoursDto {
  /**
   * Local time, inclusive.
   * @example '22:00'
   */
  from: string;

  /**
   * Local time, exclusive; before `from`: past midnight.
   * @example '06:00'
   */
  to: string;

  /**
   * Days on which the stretch begins; every day when left out.
   * @example ["sat", "sun"]
   */
  days?: ('sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat')[];
}

/** The rules that tell production executions from others. First match decides, in the order of `docs/metrics.md`. */
export class FilterRulesDto {
  /**
   * `default`: the rules below. `n8n_insights`: exactly what n8n's Insights counts.
   * @example 'default'
   */
  preset: 'default' | 'n8n_insights';

  /** Manual executions are not production. @example true */
  exclude_manual: boolean;

  /** A test word in the workflow's name makes its executions non-production. @example true */
  exclude_test_workflows: boolean;

  /** A test tag does the same; `exclude_test_workflows` when left out. @example true */
  exclude_non_production_tags: boolean;

  /**
   * RE2, unanchored, case-insensitive, on the workflow's name. At most 50 of 200 characters.
   * @example [".*test.*", ".*dev.*"]
   */
  exclude_workflow_patterns: string[];

  /**
   * The same, for what is production whatever follows.
   * @example [".*prod.*"]
   */
  include_workflow_patterns: string[];

  /** Nothing but what `include_workflow_patterns` names is production. @example false */
  include_only: boolean;

  /** Counts sub-workflow executions too. @example false */
  count_sub_workflows: boolean;

  /**
   * `word`: "Latest orders" holds no test word. `substring`: it does.
   * @example 'word'
   */
  name_match: 'word' | 'substring';

  /** @example ["test", "dev", "debug", "sample", "demo", "staging"] */
  test_words: string[];

  /** @example ["prod", "production", "live", "main"] */
  production_words: string[];

  /** @example ["test", "staging"] */
  test_tags: string[];

  /** @example ["prod", "live"] */
  production_tags: string[];

  /** Test indicators in error texts and custom data decide. @example true */
  match_execution_data: boolean;

  /**
   * Milliseconds; shorter executions are not production. 0: no minimum.
   * @example 0
   */
  min_duration_ms: number;

  /** In the client's time zone. */
  quiet_hours: QuietHoursDto[];
}

/** Rules to store; what is left out has its default. */
export class FilterRulesInputDto extends PartialType(FilterRulesDto) {}

/** One version of a client's rules. */
export class RuleSetDto {
  /** @example 7 */
  client_id: number;

  /**
   * 0 is what applies before anybody stored rules.
   * @example 3
   */
  version: number;

  rules: FilterRulesDto;

  /**
   * What the rules do, in plain sentences and in the order in which they are tried.
   * @example ["The first rule that matches decides.", "Manual executions are not production (exclude_manual)."]
   */
  explanation: string[];

  /**
   * Who stored it; `defaults` for version 0.
   * @example 'key:k7m2p9xw Operations'
   */
  author: string;

  /**
   * `null` for version 0.
   * @example '2026-03-01T09:30:00.000Z'
   */
  created_at: string | null;
}

/** The version that applies now, and the job that applies it to what is stored. */
export class StoredRuleSetDto extends RuleSetDto {
  /**
   * Classifies the stored executions again and recomputes their figures.
   * @example 'apply-configuration.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10'
   */
  job_id: string;

  /**
   * Where its progress and its result are shown.
   * @example '/api/v1/metrics/admin/jobs/apply-configuration.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10'
   */
  job_url: string;
}

/** One page of versions, newest first; the last one of all is version 0, the defaults. */
export class RuleSetVersionsDto {
  /** @example 7 */
  client_id: number;

  items: RuleSetDto[];

  /**
   * Give it as `cursor` to get the next page; `null` on the last one.
   * @example null
   */
  next_cursor: string | null;
}
