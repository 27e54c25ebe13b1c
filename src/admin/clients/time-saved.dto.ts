import { ValidateBy } from 'class-validator';
import { IsCalendarDate, MayBeAbsent } from '../../common/index.js';

/** A year: more than one success can save. */
const MAX_MINUTES = 525_600;
const AT_MOST_FOUR_DECIMALS = /^\d+(\.\d{1,4})?$/;

const IsMinutesOrNull = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMinutesOrNull',
    validator: {
      validate: (value: unknown) =>
        value === null || (typeof value === 'number' && value <= MAX_MINUTES && AT_MOST_FOUR_DECIMALS.test(String(value))),
      defaultMessage: () => `must be a number of minutes from 0 to ${MAX_MINUTES} with at most 4 decimals, or null`,
    },
  });

/** A value to set by hand. */
export class TimeSavedInputDto {
  /**
   * Minutes that one success saves, with up to 4 decimals. `null` takes the value by hand back: what n8n says applies again.
   * @example 7.5
   */
  @IsMinutesOrNull()
  minutes: number | null;

  /**
   * First day that it counts for, in the client's time zone; at most 366 days ahead. Left out: from now on. A day in the past rewrites history
   * as far as executions are kept.
   * @example '2026-02-01'
   */
  @MayBeAbsent()
  @IsCalendarDate()
  apply_from?: string;
}

/** Minutes from an instant on. */
export class TimeSavedValueDto {
  /**
   * Until the next value of the same source. `1970-01-01T00:00:00.000Z`: from the beginning.
   * @example '2026-02-01T00:00:00.000Z'
   */
  valid_from: string;

  /**
   * By hand wins over n8n.
   * @example 'manual'
   */
  source: 'n8n' | 'manual';

  /**
   * `null` of source `manual`: taken back, n8n's value applies. `null` of source `n8n`: n8n has none.
   * @example 7.5
   */
  minutes: number | null;

  /**
   * Who set it by hand; `null` for n8n.
   * @example 'key:k7m2p9xw Operations'
   */
  author: string | null;

  /**
   * When it was stored.
   * @example '2026-03-01T09:30:00.000Z'
   */
  created_at: string;
}

/** What a success saves, and how that came about. */
export class TimeSavedDto {
  /** @example 7 */
  client_id: number;

  /** @example 17 */
  workflow_id: number;

  /** @example 'mZ3kQ1xYb7' */
  n8n_workflow_id: string;

  /**
   * `null` when it is not known.
   * @example 'Order sync'
   */
  workflow_name: string | null;

  /** What applies now; `null`: successes save nothing, and `time_saved_coverage` says so. */
  current: TimeSavedValueDto | null;

  /**
   * What n8n says now, whether or not it applies.
   * @example 5
   */
  n8n_minutes: number | null;

  /** Values of both sources, newest first. */
  items: TimeSavedValueDto[];

  /**
   * Older values follow; `null`: these were the last.
   * @example null
   */
  next_cursor: string | null;
}

/** A value as set, and what becomes of the figures. */
export class AppliedTimeSavedDto {
  /** @example 7 */
  client_id: number;

  /** @example 17 */
  workflow_id: number;

  /** @example 7.5 */
  minutes: number | null;

  /**
   * From when on it counts.
   * @example '2026-02-01T00:00:00.000Z'
   */
  valid_from: string;

  /**
   * Values by hand that were valid from then on and count no more.
   * @example 0
   */
  replaced_values: number;

  /**
   * Days with successes whose value changed. Their figures are right in every answer from now on; the job stores them.
   * @example 28
   */
  days_to_recompute: number;

  /**
   * Days with successes that keep the figures they have, because their executions are not kept any more.
   * @example 0
   */
  days_frozen: number;

  /**
   * Days that begin before this one keep their figures.
   * @example '2025-12-02'
   */
  frozen_before: string;

  /**
   * Computes the figures of these days again; `null`: there are none.
   * @example 'aggregate.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10'
   */
  job_id: string | null;

  /**
   * Where its progress and its result are shown.
   * @example '/api/v1/metrics/admin/jobs/aggregate.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10'
   */
  job_url: string | null;
}
