import { DataSource } from 'typeorm';
import { PartitionsRepository } from '../../src/collector/index.js';
import { Clock } from '../../src/common/index.js';
import { APP_CONFIG, type AppConfig } from '../../src/config/index.js';
import { EraseRepository } from '../../src/retention/erase.repository.js';
import { FloorService } from '../../src/retention/floor.service.js';
import { RetentionLimits } from '../../src/retention/retention-limits.js';
import { type RawPartition, RetentionRepository } from '../../src/retention/retention.repository.js';
import { RetentionService } from '../../src/retention/index.js';
import { type CollectingApp } from '../support/collecting-app.js';
import { DAYS, daysLater } from '../support/history.js';

class StoppedClock extends Clock {
  constructor(private readonly at: Date) {
    super();
  }

  now(): Date {
    return this.at;
  }
}

/** Rows that a clean-up let go, and how long that took. */
export interface Expired {
  rows: number;
  /** Until the rows are gone for everyone. */
  goneMs: number;
  /** Until their space is given back, too. */
  ms: number;
}

/** The daily clean-up of the service, on the day on which what started before `limit` becomes too old. */
export async function expire({ app }: CollectingApp, limit: Date): Promise<Expired> {
  const config: AppConfig = { ...app.get<AppConfig>(APP_CONFIG, { strict: false }), rawRetentionDays: DAYS };
  let goneAt: number | undefined;
  const repository = new (class extends RetentionRepository {
    /** The first thing after the last partition is detached. */
    override countRows(partitions: readonly RawPartition[]): Promise<number> {
      goneAt ??= performance.now();
      return super.countRows(partitions);
    }
  })(app.get(DataSource));
  const service = new RetentionService(
    repository,
    app.get(EraseRepository, { strict: false }),
    app.get(FloorService, { strict: false }),
    app.get(PartitionsRepository, { strict: false }),
    new RetentionLimits(new StoppedClock(daysLater(limit, DAYS)), config),
  );
  const startedAt = performance.now();
  const { executions, kept_dirty: kept } = await service.run({ dryRun: false });
  const ms = performance.now() - startedAt;
  if (goneAt === undefined || executions === 0 || kept > 0)
    throw new Error(`${executions} executions went, ${kept} partitions were kept`);
  return { rows: executions, goneMs: goneAt - startedAt, ms };
}
