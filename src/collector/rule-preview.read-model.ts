import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ClientGoneError } from '../database/index.js';
import { type Cuts, type ExecutionGroup } from './execution-group.js';
import {
  ExecutionGroupsReadModel,
  givenGroups,
  groupParameters,
  inStretch,
  ofGroup,
  type Stretch,
  stretchParameters,
} from './execution-groups.read-model.js';
import { type JudgedGroup } from './rule-effect.js';

/** One stored execution whose verdict would be another one. */
export interface MovedExecution {
  n8nExecutionId: string;
  workflowId: number;
  workflowName: string | null;
  startedAt: Date;
  mode: string;
  status: string;
  executionTimeMs: number | null;
  fromReason: string;
  toReason: string;
}

interface MovedRow {
  n8n_execution_id: string;
  workflow_id: string;
  name: string | null;
  started_at: Date;
  mode: string;
  status: string;
  execution_time_ms: string | null;
  filter_reason: string;
  to_reason: string;
}

const samplesSql = `
  SELECT e.n8n_execution_id, e.workflow_id, w.name, e.started_at, e.mode, e.status, e.execution_time_ms, e.filter_reason, g.to_reason
    FROM workflow_executions e
    JOIN ${givenGroups(['to_reason text'])} ON ${ofGroup}
    LEFT JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
   WHERE ${inStretch}
   ORDER BY e.started_at DESC, e.epoch DESC, e.n8n_execution_id DESC LIMIT $16`;

/** How far rules have been applied to what is stored. */
export interface AppliedState {
  /** Raw executions that started before it are gone. */
  rawFloor: Date;
  /** Version of the newest stored rules; 0: the defaults. */
  ruleVersion: number;
  /** Names the rules that stored verdicts were made by, see `RulesCache`. */
  appliedStamp: number;
  /** Workflows whose executions carry verdicts made with an older name or older tags. */
  markedWorkflows: number;
}

interface StateRow {
  raw_floor: Date;
  rule_version: number;
  applied_rule_version: number;
  marked: string;
}

const stateSql = `
  SELECT f.raw_floor, s.applied_rule_version,
         (SELECT coalesce(max(r.version), 0) FROM filter_rule_sets r WHERE r.client_id = s.client_id) AS rule_version,
         (SELECT count(*) FROM workflows w WHERE w.client_id = s.client_id AND w.reclassify_from IS NOT NULL) AS marked
    FROM sync_states s CROSS JOIN retention_floor f WHERE s.client_id = $1`;

/** One moment of a client's stored executions. */
export class StoredMoment {
  constructor(
    readonly state: AppliedState,
    private readonly manager: EntityManager,
    private readonly groupsOf: ExecutionGroupsReadModel,
  ) {}

  async groups(stretch: Stretch, cuts: Cuts): Promise<ExecutionGroup[]> {
    return this.groupsOf.groups(this.manager, stretch, cuts);
  }

  /** The newest executions of these groups, which were counted in the stretch with these cuts. */
  async samples(stretch: Stretch, cuts: Cuts, judged: readonly JudgedGroup[], max: number): Promise<MovedExecution[]> {
    const rows = await this.manager.query<MovedRow[]>(samplesSql, [
      ...stretchParameters(stretch, cuts),
      ...groupParameters(judged.map(({ group }) => group)),
      judged.map(({ verdict }) => verdict.reason),
      max,
    ]);
    return rows.map((row) => ({
      n8nExecutionId: row.n8n_execution_id,
      workflowId: Number(row.workflow_id),
      workflowName: row.name,
      startedAt: row.started_at,
      mode: row.mode,
      status: row.status,
      executionTimeMs: row.execution_time_ms === null ? null : Number(row.execution_time_ms),
      fromReason: row.filter_reason,
      toReason: row.to_reason,
    }));
  }
}

/** Opens moments of a client's stored executions; nothing can be written in them. */
@Injectable()
export class RulePreviewReadModel {
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: ExecutionGroupsReadModel,
  ) {}

  /** @throws ClientGoneError */
  async moment<T>(clientId: number, work: (moment: StoredMoment) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      const [row] = await manager.query<StateRow[]>(stateSql, [clientId]);
      if (row === undefined) throw new ClientGoneError(clientId);
      const state = {
        rawFloor: row.raw_floor,
        ruleVersion: row.rule_version,
        appliedStamp: row.applied_rule_version,
        markedWorkflows: Number(row.marked),
      };
      return work(new StoredMoment(state, manager, this.groups));
    });
  }
}
