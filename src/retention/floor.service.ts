import { Injectable, Logger } from '@nestjs/common';
import { AggregatorService } from '../aggregator/index.js';
import { PendingChanges } from '../collector/index.js';
import { RetentionRepository } from './retention.repository.js';

/** Raises the floor once nothing below it can change a figure any more. */
@Injectable()
export class FloorService {
  private readonly logger = new Logger(FloorService.name);

  constructor(
    private readonly repository: RetentionRepository,
    private readonly aggregator: AggregatorService,
    private readonly changes: PendingChanges,
  ) {}

  /**
   * What is still to be done below `to` is done first: configuration that was changed is applied and dirty days are rolled up.
   * @param names partitions that are taken out in the same moment, when that can be had
   * @returns whether the floor now lies at `to`
   */
  async raise(to: Date, signal: AbortSignal, names: readonly string[] = []): Promise<boolean> {
    for (const clientId of await this.repository.unsettledClients(to, this.changes.defaultsStamp())) {
      try {
        await this.changes.applyAll(clientId, signal, () => Promise.resolve());
        await this.aggregator.recomputeAll(clientId, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        // Its days stay as they are, so the partition stays too; the other clients' rollups still go on.
        this.logger.warn({
          message: 'rollups could not be brought up to date before the clean-up',
          client_id: clientId,
          err: error,
        });
      }
    }
    return this.repository.raiseFloor(to, this.changes.defaultsStamp(), names);
  }
}
