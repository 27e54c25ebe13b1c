import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AggregationReadModel, rollupsKeptFrom } from '../aggregator/index.js';
import { type Client } from '../clients/index.js';
import { CoverageReadModel, hasMoved } from '../collector/index.js';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { CalendarMovedError, type ClientState } from './client-state.js';
import { Snapshot } from './snapshot.read-model.js';

interface StateRow {
  id: number;
  timezone: string;
  week_starts_on: number;
  data_version: string | null;
  config_version: number;
  applied_timezone: string | null;
  applied_config_version: number | null;
  raw_floor: Date;
  executions_synced_at: Date | null;
  coverage_mark: string;
}

const stateSql = `
  SELECT c.id, c.timezone, c.week_starts_on, c.config_version, s.data_version, s.applied_timezone, s.applied_config_version, f.raw_floor, s.executions_synced_at,
         concat_ws(',', extract(epoch FROM s.first_observed_at), s.watermark IS NOT NULL,
                   (SELECT concat_ws(',', count(*), count(g.to_at), max(g.id), extract(epoch FROM max(g.to_at)), sum(g.missing_ids))
                      FROM coverage_gaps g WHERE g.client_id = c.id)) AS coverage_mark
    FROM clients c CROSS JOIN retention_floor f LEFT JOIN sync_states s ON s.client_id = c.id
   WHERE c.id = ANY($1::integer[])`;

/** Opens moments of a client's data for reading. */
@Injectable()
export class MetricsReadModel {
  constructor(
    private readonly dataSource: DataSource,
    private readonly figures: AggregationReadModel,
    private readonly coverages: CoverageReadModel,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'aggregateRetentionMonths'>,
  ) {}

  /** `null` when the client's calendar is no longer the given one. */
  async state(client: Client): Promise<ClientState | null> {
    return (await this.states([client])).get(client.id) ?? null;
  }

  /** Those of the clients whose calendar is still the given one, by id. */
  async states(clients: readonly Client[]): Promise<Map<number, ClientState>> {
    return readStates(this.dataSource.manager, clients);
  }

  /**
   * Runs `work` in one REPEATABLE READ READ ONLY transaction: dirty days, rollups and raw executions are of one moment, so
   * that no day is missed or doubled while the aggregator works.
   * @throws CalendarMovedError when the client's calendar is no longer the given one
   */
  async snapshot<T>(client: Client, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      const state = (await readStates(manager, [client])).get(client.id);
      if (state === undefined) throw new CalendarMovedError(client.id);
      const keptFrom = rollupsKeptFrom(this.clock.now(), this.config.aggregateRetentionMonths);
      return work(new Snapshot(client, state, keptFrom, manager, this.figures, this.coverages));
    });
  }
}

async function readStates(manager: EntityManager, clients: readonly Client[]): Promise<Map<number, ClientState>> {
  const rows = await manager.query<StateRow[]>(stateSql, [clients.map((client) => client.id)]);
  const calendars = new Map(clients.map((client) => [client.id, client]));
  const unmoved = rows.filter(({ id, timezone, week_starts_on: weekStartsOn }) => {
    const client = calendars.get(id);
    return client?.timezone === timezone && client.weekStartsOn === weekStartsOn;
  });
  return new Map(unmoved.map((row) => [row.id, toState(row)]));
}

function toState(row: StateRow): ClientState {
  return {
    dataVersion: Number(row.data_version ?? 0),
    zonePending: hasMoved({
      timezone: row.timezone,
      configVersion: row.config_version,
      appliedTimezone: row.applied_timezone,
      appliedConfigVersion: row.applied_config_version ?? 0,
    }),
    rawFloor: row.raw_floor,
    syncedAt: row.executions_synced_at,
    coverageMark: row.coverage_mark,
  };
}
