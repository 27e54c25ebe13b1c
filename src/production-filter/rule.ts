import { type CompiledRules } from './compile-rules.js';

/** What is known of one execution. */
export interface ExecutionFacts {
  /** As n8n wrote it; may be unknown to this service. */
  mode: string;
  /** As n8n wrote it. No rule looks at it: open, failed and canceled executions are production or not like any other. */
  status: string;
  startedAt: Date;
  /** `null` while open or when it cannot be told; the minimum duration then says nothing. */
  durationMs: number | null;
  /** What `findTestIndicator` found in error text or custom data; `null`: nothing known. */
  testIndicator: string | null;
}

/** What is known of the workflow at the moment. */
export interface WorkflowFacts {
  name: string;
  tags: readonly string[];
}

/** Stored with the execution. */
export interface Verdict {
  production: boolean;
  /** The execution's `filter_reason`. */
  reason: string;
}

/** `not_applicable`: these rules switch it off. `not_reached`: an earlier one decided. */
export type Outcome = 'decided' | 'not_matched' | 'not_applicable' | 'not_reached';

/** One rule in front of one execution, fit to be served as JSON. */
export interface RuleTrial {
  rule: string;
  outcome: Outcome;
  /** What it looked at and found, or what switches it off, in words for people; `null` when it was not reached. */
  saw: string | null;
}

/** One execution in front of the rules. */
interface Subject {
  execution: ExecutionFacts;
  workflow: WorkflowFacts;
  compiled: CompiledRules;
}

/** What one rule says. `saw` is put into words only for those who ask: classifying history asks a million times. */
export interface Answer {
  outcome: Exclude<Outcome, 'not_reached'>;
  saw: () => string;
  /** There when it decided. */
  verdict?: Verdict;
}

/** One row of the table of rules. */
export interface Rule {
  name: string;
  ask: (subject: Subject) => Answer;
}
