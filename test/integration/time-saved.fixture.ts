import { ApiKeysService } from '../../src/auth/index.js';
import { type World } from './collector.fixture.js';
import { at, RuledClient } from './rule-preview.fixture.js';

export interface Value {
  valid_from: string;
  source: string;
  minutes: number | null;
  author: string | null;
  created_at: string;
}

export interface History {
  current: Value | null;
  n8n_minutes: number | null;
  items: Value[];
  next_cursor: string | null;
}

interface Applied {
  valid_from: string;
  days_to_recompute: number;
  job_id: string | null;
}

interface Problem {
  code: string;
  errors: { field: string; message: string }[];
}

/** Where the values of a workflow are. */
export const pathOf = (clientId: number, workflowId: number): string => `/clients/${clientId}/workflows/${workflowId}/time-saved`;

/** A client in Berlin with workflows whose time saved is set, and ways to look at what came of it. */
export class Saver {
  private constructor(
    private readonly world: World,
    private readonly client: RuledClient,
    /** Our ids of its first two workflows. */
    readonly orders: number,
    readonly news: number,
  ) {}

  static async create(world: World): Promise<Saver> {
    const client = await RuledClient.create(world, 'Europe/Berlin');
    const [orders, news] = await world.query<{ id: string }>(
      'SELECT id FROM workflows WHERE client_id = $1 ORDER BY id LIMIT 2',
      [client.id],
    );
    return new Saver(world, client, Number(orders?.id), Number(news?.id));
  }

  get id(): number {
    return this.client.id;
  }

  get path(): string {
    return pathOf(this.id, this.orders);
  }

  async put(body: object, workflowId = this.orders): Promise<Applied> {
    return this.world.http('PUT', pathOf(this.id, workflowId), body);
  }

  async get(query = ''): Promise<History> {
    return this.world.http('GET', `${this.path}${query}`);
  }

  /** Any answer, also a refusal. */
  async answer(method: string, path: string, key: string, body?: object): Promise<{ status: number; body: Problem }> {
    const response = await fetch(`${this.world.service.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Problem };
  }

  async viewerKey(clientId: number | null): Promise<string> {
    const key = { name: 'viewer', role: 'viewer', clientId, expiresAt: null } as const;
    return (await this.world.get(ApiKeysService).create(key)).key;
  }

  /** A success on 9 March that is the 10th in Berlin, others before and after, and what never saves time; all rolled up. */
  async store(): Promise<void> {
    await this.client.store([
      at('2026-03-09T22:59:59.999Z'),
      at('2026-03-09T23:00:00Z'),
      at('2026-03-12T10:00:00Z'),
      at('2026-03-12T11:00:00Z'),
      at('2026-03-12T12:00:00Z', { workflow: 1 }),
      at('2026-03-13T10:00:00Z', { status: 'error' }),
      at('2026-03-14T10:00:00Z', { mode: 'manual' }),
      at('2026-03-15T10:00:00Z', { mode: 'error' }),
      at('2026-03-16T10:00:00Z', { workflow: 1 }),
    ]);
    await this.client.apply({});
    await this.world.rollUp(this.id);
  }

  async audit(): Promise<object> {
    return this.world.http('POST', `/metrics/admin/audit/${this.id}`);
  }

  /** Every rollup row, when it was computed included. */
  async rollups(): Promise<Map<string, string>> {
    const rows = await this.world.query<{ key: string; row: string }>(
      `SELECT concat_ws(' ', period_type, period_start, workflow_id) AS key, m::text AS row FROM metrics_aggregations m WHERE client_id = $1`,
      [this.id],
    );
    return new Map(rows.map(({ key, row }) => [key, row]));
  }

  async dirtyDays(): Promise<string[]> {
    const rows = await this.world.query<{ day: string }>(
      'SELECT day::text AS day FROM dirty_days WHERE client_id = $1 ORDER BY dirty_days.day',
      [this.id],
    );
    return rows.map(({ day }) => day);
  }

  async dataVersion(): Promise<number> {
    const [row] = await this.world.query<{ v: string }>('SELECT data_version AS v FROM sync_states WHERE client_id = $1', [
      this.id,
    ]);
    return Number(row?.v);
  }

  /** What a day shows over HTTP: hours and coverage, of one workflow or of the client. */
  async shown(day: string, workflowId?: number): Promise<unknown[]> {
    const of = workflowId === undefined ? '' : `&workflow_id=${workflowId}`;
    const { metrics_data: points } = await this.world.http<{ metrics_data: Record<string, unknown>[] }>(
      'GET',
      `/metrics/client/${this.id}/historical?period_type=daily&start_date=${day}&end_date=${day}${of}`,
    );
    return points.flatMap((point) => [point.time_saved_hours, point.time_saved_coverage]);
  }
}
