import { AggregationReadModel } from '../../src/aggregator/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { PartitionsRepository } from '../../src/collector/index.js';
import { FilterRulesService } from '../../src/production-filter/index.js';
import { RetentionService } from '../../src/retention/index.js';
import { World } from './collector.fixture.js';
import { expectCleanFreeze, expectLaw, expectSeams, expectSums, expectUnchanged, expectVerdicts } from './histories.judge.js';
import { expectPercentiles } from './histories.percentiles.js';
import { type History, KEPT_DAYS } from './histories.plan.js';
import { Player } from './histories.player.js';
import { freezesOf, rulesOf, type Snapshot, snapshotOf, watchFloor } from './histories.snapshot.js';

/** Where histories are played, one after the other, and judged. */
export class Stage {
  private constructor(private readonly world: World) {}

  static async open(): Promise<Stage> {
    const world = await World.open({ CLEANUP_RETENTION_DAYS: String(KEPT_DAYS) });
    await watchFloor(world.service.database.dataSource);
    return new Stage(world);
  }

  async close(): Promise<void> {
    await this.world.close();
  }

  /**
   * Plays the rounds of a history, or what `play` does instead, and judges what is left of it.
   * @returns how often retention let something go
   */
  async live(
    plan: History,
    play: (player: Player) => Promise<void> = async (player) => {
      for (const round of plan.rounds) await player.play(round);
    },
  ): Promise<number> {
    const player = await Player.enter(this.world, plan);
    try {
      await play(player);
      return await this.judge(player);
    } finally {
      await this.forget(player.clientId);
    }
  }

  private async judge(player: Player): Promise<number> {
    const { dataSource } = this.world.service.database;
    expect(await player.drain()).toBe(0);
    const freezes = await freezesOf(dataSource, player.clientId);
    const end = await snapshotOf(dataSource, player.clientId);
    for (const freeze of freezes) {
      expectVerdicts(freeze, this.rulesThen(freeze));
      expectCleanFreeze(freeze);
      expectUnchanged(freeze, end, player.zones);
    }
    expectVerdicts(end, this.rulesThen(end));
    expectLaw(end);
    expectSeams(end);
    expectSums(end);
    await expectPercentiles(this.world.get(AggregationReadModel), player.clientId, end);
    return freezes.length;
  }

  private rulesThen(snapshot: Snapshot): ReturnType<typeof rulesOf> {
    return rulesOf(snapshot, (json) => this.world.get(FilterRulesService).parse(json));
  }

  /** Nothing of a history is left for the next one. */
  private async forget(clientId: number): Promise<void> {
    const { world } = this;
    const partitions = await world.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'workflow_executions'::regclass`,
    );
    for (const { name } of partitions) world.get(PartitionsRepository).forget(name);
    if (partitions.length > 0) await world.query(`DROP TABLE ${partitions.map(({ name }) => name).join(', ')}`);
    await world.get(ClientsService).remove(clientId);
    await world.get(RetentionService).eraseClient(clientId);
    await world.query('DELETE FROM freezes');
    await world.query(`UPDATE retention_floor SET raw_floor = '1970-01-01T00:00:00Z'`);
  }
}
