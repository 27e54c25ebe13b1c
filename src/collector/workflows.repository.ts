import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type N8nWorkflow } from '../n8n-client/index.js';

/** What classification and storage need to know of a workflow. */
export interface KnownWorkflow {
  id: number;
  n8nWorkflowId: string;
  name: string;
  tags: string[];
}

interface KnownRow {
  id: string;
  n8n_workflow_id: string;
  name: string;
  tags: string[];
}

/** Time before anything n8n could have run: "from the beginning". */
const BEGINNING = new Date(0);

const known = (row: KnownRow): KnownWorkflow => ({
  id: Number(row.id),
  n8nWorkflowId: row.n8n_workflow_id,
  name: row.name,
  tags: row.tags,
});

const fields = [
  'name',
  'active',
  'archived',
  'tags',
  'n8n_created_at',
  'n8n_updated_at',
  'timezone',
  'error_workflow',
  'save_success',
  'save_error',
];

const upsertSql = `
  INSERT INTO workflows AS w (client_id, n8n_workflow_id, last_synced_at, ${fields.join(', ')})
  SELECT $1, i.n8n_workflow_id, $3, ${fields.map((field) => `i.${field}`).join(', ')}
    FROM jsonb_to_recordset($2::jsonb) AS i(n8n_workflow_id text, name text, active boolean, archived boolean, tags jsonb,
         n8n_created_at timestamptz, n8n_updated_at timestamptz, timezone text, error_workflow text, save_success text, save_error text)
  ON CONFLICT ON CONSTRAINT uq_workflows_n8n_workflow_id DO UPDATE
     SET ${fields.map((field) => `${field} = EXCLUDED.${field}`).join(', ')},
         last_synced_at = EXCLUDED.last_synced_at, missing_listings = 0, deleted_at = NULL,
         reclassify_from = CASE WHEN (w.name, w.tags) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.tags) THEN $4 ELSE w.reclassify_from END
   WHERE (w.deleted_at, ${fields.map((field) => `w.${field}`).join(', ')})
         IS DISTINCT FROM (NULL::timestamptz, ${fields.map((field) => `EXCLUDED.${field}`).join(', ')})
  RETURNING w.id`;

const timeSavedSql = `
  INSERT INTO workflow_time_saved (client_id, workflow_id, valid_from, source, minutes, created_at)
  SELECT $1, w.id, CASE WHEN latest.valid_from IS NULL THEN $4::timestamptz ELSE $3::timestamptz END, 'n8n', i.minutes, $3
    FROM jsonb_to_recordset($2::jsonb) AS i(n8n_workflow_id text, minutes numeric(12,4))
    JOIN workflows w ON w.client_id = $1 AND w.n8n_workflow_id = i.n8n_workflow_id
    LEFT JOIN LATERAL (SELECT t.minutes, t.valid_from FROM workflow_time_saved t
                        WHERE t.client_id = $1 AND t.workflow_id = w.id AND t.source = 'n8n'
                        ORDER BY t.valid_from DESC LIMIT 1) latest ON true
   WHERE latest.valid_from IS NULL OR latest.minutes IS DISTINCT FROM i.minutes
  RETURNING workflow_id, valid_from`;

/** Reads and writes workflow metadata. Writing needs the client's lock. */
@Injectable()
export class WorkflowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The workflows with these n8n ids, by n8n id. */
  async byN8nIds(
    clientId: number,
    n8nIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, KnownWorkflow>> {
    const rows = await manager.query<KnownRow[]>(
      'SELECT id, n8n_workflow_id, name, tags FROM workflows WHERE client_id = $1 AND n8n_workflow_id = ANY($2)',
      [clientId, n8nIds],
    );
    return new Map(rows.map((row) => [row.n8n_workflow_id, known(row)]));
  }

  /** The workflows with these ids of ours, by our id. */
  async byIds(manager: EntityManager, clientId: number, ids: readonly number[]): Promise<Map<number, KnownWorkflow>> {
    const rows = await manager.query<KnownRow[]>(
      'SELECT id, n8n_workflow_id, name, tags FROM workflows WHERE client_id = $1 AND id = ANY($2)',
      [clientId, ids],
    );
    return new Map(rows.map((row) => [Number(row.id), known(row)]));
  }

  /** One of them; `null` when the client has no such workflow. */
  async byId(clientId: number, id: number): Promise<KnownWorkflow | null> {
    return (await this.byIds(this.dataSource.manager, clientId, [id])).get(id) ?? null;
  }

  /**
   * Stores workflows as n8n describes them. One whose name or tags differ from what its executions were judged by is marked for
   * re-classification in the same statement, so that no crash can lose it.
   * @returns how many are new or changed
   */
  async upsert(manager: EntityManager, clientId: number, workflows: readonly N8nWorkflow[], now: Date): Promise<number> {
    if (workflows.length === 0) return 0;
    const records = workflows.map((workflow) => ({
      n8n_workflow_id: workflow.id,
      name: workflow.name,
      active: workflow.active,
      archived: workflow.archived,
      tags: [...new Set(workflow.tags)].sort(),
      n8n_created_at: workflow.createdAt,
      n8n_updated_at: workflow.updatedAt,
      timezone: workflow.settings.timezone,
      error_workflow: workflow.settings.errorWorkflow,
      save_success: workflow.settings.saveSuccess,
      save_error: workflow.settings.saveError,
    }));
    const written = await manager.query<{ id: string }[]>(upsertSql, [clientId, JSON.stringify(records), now, BEGINNING]);
    await manager.query(
      'UPDATE workflows SET last_synced_at = $3, missing_listings = 0 WHERE client_id = $1 AND n8n_workflow_id = ANY($2) AND last_synced_at IS DISTINCT FROM $3',
      [clientId, workflows.map((workflow) => workflow.id), now],
    );
    return written.length;
  }

  /**
   * Imports `settings.timeSavedPerExecution`: the first value seen counts from the beginning, a change from now on.
   * @returns our ids of the workflows that have a new value, and since when the earliest of these counts
   */
  async importTimeSaved(
    manager: EntityManager,
    clientId: number,
    workflows: readonly N8nWorkflow[],
    now: Date,
  ): Promise<{ ids: number[]; from: Date }> {
    const records = workflows.map((workflow) => ({ n8n_workflow_id: workflow.id, minutes: workflow.settings.timeSavedMinutes }));
    const rows = await manager.query<{ workflow_id: string; valid_from: Date }[]>(timeSavedSql, [
      clientId,
      JSON.stringify(records),
      now,
      BEGINNING,
    ]);
    const from = new Date(Math.min(now.getTime(), ...rows.map((row) => row.valid_from.getTime())));
    return { ids: rows.map((row) => Number(row.workflow_id)), from };
  }

  /** Rows for workflows that n8n does not show: executions need something to refer to. They are judged again once the name is known. */
  async insertPlaceholders(manager: EntityManager, clientId: number, n8nIds: readonly string[]): Promise<void> {
    await manager.query(
      `INSERT INTO workflows (client_id, n8n_workflow_id, name, reclassify_from) SELECT $1, unnest($2::text[]), '', NULL
       ON CONFLICT ON CONSTRAINT uq_workflows_n8n_workflow_id DO NOTHING`,
      [clientId, n8nIds],
    );
  }

  /**
   * After a full listing: what was missing in two of them in a row counts as deleted. When more than half would vanish at once,
   * a lost permission is likelier than a clean-up: nothing is marked.
   * @returns `suspicious` when nothing was marked for that reason, and how many were marked deleted
   */
  async markMissing(
    manager: EntityManager,
    clientId: number,
    seen: readonly string[],
    now: Date,
  ): Promise<{ deleted: number; suspicious: boolean }> {
    const [count] = await manager.query<{ known: string; missing: string }[]>(
      `SELECT count(*) AS known, count(*) FILTER (WHERE NOT n8n_workflow_id = ANY($2)) AS missing
         FROM workflows WHERE client_id = $1 AND deleted_at IS NULL`,
      [clientId, seen],
    );
    const missing = Number(count?.missing ?? 0);
    if (missing === 0) return { deleted: 0, suspicious: false };
    if (missing > 1 && missing * 2 > Number(count?.known ?? 0)) return { deleted: 0, suspicious: true };
    const [deleted] = await manager.query<[{ deleted_at: Date | null }[], number]>(
      `UPDATE workflows SET missing_listings = missing_listings + 1,
              deleted_at = CASE WHEN missing_listings + 1 >= 2 THEN $3::timestamptz END, active = active AND missing_listings + 1 < 2
        WHERE client_id = $1 AND deleted_at IS NULL AND NOT n8n_workflow_id = ANY($2)
        RETURNING deleted_at`,
      [clientId, seen, now],
    );
    return { deleted: deleted.filter((row) => row.deleted_at !== null).length, suspicious: false };
  }

  /** First and last start among the stored executions of some workflows from an instant on; `null` when there are none. */
  async executionSpan(
    manager: EntityManager,
    clientId: number,
    { ids, from }: { ids: readonly number[]; from: Date },
  ): Promise<{ first: Date; last: Date } | null> {
    const [row] = await manager.query<{ first: Date | null; last: Date | null }[]>(
      `SELECT min(started_at) AS first, max(started_at) AS last
         FROM workflow_executions WHERE client_id = $1 AND workflow_id = ANY($2) AND started_at >= $3`,
      [clientId, ids, from],
    );
    return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
  }
}
