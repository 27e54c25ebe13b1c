import { sha256 } from '../common/index.js';
import { errorPattern } from './error-pattern.js';
import { type FailureRow, MOST_GROUPS } from './raw-groups.read-model.js';

const SAMPLES = 3;

/** Failures of one node of one workflow whose texts have the same pattern. */
export interface FailureGroup {
  fingerprint: string;
  workflowId: number;
  n8nWorkflowId: string | null;
  workflowName: string | null;
  node: string | null;
  type: string | null;
  pattern: string | null;
  sampleMessage: string | null;
  count: number;
  firstAt: Date;
  lastAt: Date;
  /** Newest first. */
  samples: readonly { id: string; at: Date }[];
}

/** Puts texts together that differ in numbers, ids and the like only. */
export class FailureGroups {
  /** Of all failures, those of texts that were not looked at as well. */
  totals = { failures: 0, pending: 0, unavailable: 0 };
  private readonly groups = new Map<string, FailureGroup>();

  /** Rows after MOST_GROUPS groups count only where they fit into one of them: give the most frequent ones first. */
  add(rows: readonly FailureRow[]): void {
    for (const row of rows) {
      this.totals = { failures: Number(row.total), pending: Number(row.pending), unavailable: Number(row.unavailable) };
      const group = groupOf(row);
      const known = this.groups.get(group.fingerprint);
      if (known !== undefined) this.groups.set(group.fingerprint, merged(known, group));
      else if (this.groups.size < MOST_GROUPS) this.groups.set(group.fingerprint, group);
    }
  }

  all(): FailureGroup[] {
    return [...this.groups.values()];
  }
}

function groupOf(row: FailureRow): FailureGroup {
  const pattern = row.message === null ? null : errorPattern(row.message);
  return {
    fingerprint: fingerprintOf([row.workflow_id, row.error_node, pattern]),
    workflowId: Number(row.workflow_id),
    n8nWorkflowId: row.n8n_workflow_id,
    workflowName: row.workflow_name,
    node: row.error_node,
    type: row.error_type,
    pattern,
    sampleMessage: row.message,
    count: Number(row.count),
    firstAt: row.first_at,
    lastAt: row.last_at,
    samples: row.sample_ids.map((id, i) => ({ id, at: row.sample_times[i] ?? row.last_at })),
  };
}

function merged(a: FailureGroup, b: FailureGroup): FailureGroup {
  const newest = b.lastAt > a.lastAt ? b : a;
  return {
    ...newest,
    count: a.count + b.count,
    firstAt: a.firstAt < b.firstAt ? a.firstAt : b.firstAt,
    samples: [...a.samples, ...b.samples].sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, SAMPLES),
  };
}

function fingerprintOf(key: readonly (string | null)[]): string {
  return sha256(JSON.stringify(key)).toString('base64url').slice(0, 16);
}
