import { addDays, daysBetween, type FieldError, type LocalDay } from '../../common/index.js';

/** Ten years: more than raw executions can be kept. */
const MAX_DAYS = 3_660;

/**
 * What is wrong with a range of existing days; empty when nothing is.
 * @param today in UTC; somewhere it may be tomorrow already
 */
export function rangeErrors(start: LocalDay, end: LocalDay, today: LocalDay): FieldError[] {
  if (start > end) {
    return [
      { field: 'start_date', message: 'must not be after end_date' },
      { field: 'end_date', message: 'must not be before start_date' },
    ];
  }
  if (end > addDays(today, 1)) return [{ field: 'end_date', message: 'must not be in the future' }];
  if (daysBetween(start, end) >= MAX_DAYS)
    return [{ field: 'start_date', message: `must be at most ${MAX_DAYS} days before end_date` }];
  return [];
}
