import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { cutOffs } from './cut-offs.js';

/** Today's limits. */
@Injectable()
export class RetentionLimits {
  constructor(
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  today(): { raw: Date; rollups: string } {
    return cutOffs(this.clock.now(), this.config.rawRetentionDays, this.config.aggregateRetentionMonths);
  }
}
