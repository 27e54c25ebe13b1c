import { ClientsService } from '../../src/clients/index.js';
import { PartitionsRepository, PendingChanges } from '../../src/collector/index.js';
import { FilterRulesService } from '../../src/production-filter/index.js';
import { DAY, type World } from './collector.fixture.js';
import { type Facts, WORKFLOWS } from './rule-preview.histories.js';

/** A stored execution with its workflow. */
export interface Stored {
  id: string;
  workflow_id: string;
  name: string;
  tags: string[];
  mode: string;
  status: string;
  started_at: Date;
  execution_time_ms: string | null;
  test_indicator: string | null;
  is_production: boolean;
  filter_reason: string;
}

/** A client without an n8n whose stored executions the test makes up. */
export class RuledClient {
  private constructor(
    private readonly world: World,
    readonly id: number,
  ) {}

  static async create(world: World, timezone: string): Promise<RuledClient> {
    const client = { name: `ruled ${Math.random()}`, n8nBaseUrl: 'http://127.0.0.1:1', n8nApiKey: 'key', timezone };
    const { id } = await world.get(ClientsService).create(client);
    for (const [n, { name, tags }] of WORKFLOWS.entries()) {
      await world.query('INSERT INTO workflows (client_id, n8n_workflow_id, name, tags) VALUES ($1, $2, $3, $4)', [
        id,
        `w${n}`,
        name,
        JSON.stringify(tags),
      ]);
    }
    const weeks = Array.from({ length: 8 }, (_, n) => new Date(world.clock.now() - n * 7 * DAY));
    await world.get(PartitionsRepository).ensurePartitions(weeks);
    return new RuledClient(world, id);
  }

  /** Replaces everything that is stored; the next application judges all of it. */
  async store(facts: readonly Facts[]): Promise<void> {
    await this.world.query('DELETE FROM workflow_executions WHERE client_id = $1', [this.id]);
    await this.world.query(
      `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, execution_time_ms,
              test_indicator, is_production, filter_reason, rule_version, first_seen_at, last_changed_at)
       SELECT $1, 1, r.n::text, (r.facts->>'startedAt')::timestamptz, w.id, r.facts->>'status', r.facts->>'mode', (r.facts->>'ms')::bigint,
              r.facts->>'testIndicator', true, '', 0, now(), now()
         FROM (SELECT facts, n FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS a(facts, n)) r
         JOIN workflows w ON w.client_id = $1 AND w.n8n_workflow_id = 'w' || (r.facts->>'workflow')`,
      [this.id, JSON.stringify(facts)],
    );
    await this.world.query('UPDATE sync_states SET applied_rule_version = -100 WHERE client_id = $1', [this.id]);
  }

  /** Stores rules and applies them to everything. */
  async apply(rules: object): Promise<void> {
    await this.world.get(FilterRulesService).put(this.id, rules, 'test');
    await this.world.get(PendingChanges).applyAll(this.id, AbortSignal.timeout(60_000), () => Promise.resolve());
  }

  /** Everything that is stored, newest first. */
  async stored(): Promise<Stored[]> {
    return this.world.query<Stored>(
      `SELECT e.n8n_execution_id AS id, e.*, w.name, w.tags FROM workflow_executions e
         JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id WHERE e.client_id = $1 ORDER BY e.started_at DESC`,
      [this.id],
    );
  }
}

/** A success of half a second of the first workflow, unless said otherwise. */
export function at(startedAt: string, more: Partial<Facts> = {}): Facts {
  return {
    workflow: 0,
    mode: 'webhook',
    status: 'success',
    startedAt: new Date(startedAt),
    ms: 500,
    testIndicator: null,
    ...more,
  };
}
