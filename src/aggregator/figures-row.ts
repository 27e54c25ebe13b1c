import { dayRange, type LocalDay } from '../common/index.js';
import { type Figures, type PlacedFigures, type Sums } from './figures.js';
import { type figureColumns } from './figures-sql.js';
import { histogramBounds } from './histogram.js';

/** What can be read of a row: its sums, what is served of it as it is, or what can be merged. */
export interface FiguresBy {
  sums: Sums;
  places: PlacedFigures;
  histogram: Figures;
}

export type Detail = keyof FiguresBy;

type ArrayColumn = 'duration_buckets' | 'duration_counts';
type SumColumn = Exclude<(typeof figureColumns)[number], ArrayColumn>;
type ExtremeColumn = 'min_execution_time_ms' | 'max_execution_time_ms';

/** A row as `readableFigureList` selects it: bigint and arrays as text. */
type SumsRow = Record<Exclude<SumColumn, ExtremeColumn>, string> & Record<ExtremeColumn, string | null>;

export interface FiguresRow {
  sums: SumsRow;
  places: SumsRow & { duration_percentiles: string };
  histogram: SumsRow & Record<ArrayColumn, string>;
}

export const toFigures: { readonly [D in Detail]: (row: FiguresRow[D]) => FiguresBy[D] } = {
  sums: toSums,
  places: (row) => ({ ...toSums(row), percentilePlaces: naturals(row.duration_percentiles) }),
  histogram: (row) => ({
    ...toSums(row),
    histogram: { buckets: naturals(row.duration_buckets), counts: naturals(row.duration_counts) },
  }),
};

function toSums(row: SumsRow): Sums {
  return {
    successful: Number(row.successful_executions),
    failed: Number(row.failed_executions),
    canceled: Number(row.canceled_executions),
    open: Number(row.open_executions),
    excluded: Number(row.excluded_executions),
    originalSuccesses: Number(row.original_successes),
    originalFailures: Number(row.original_failures),
    recoveredFailures: Number(row.recovered_failures),
    timed: Number(row.timed_executions),
    durationAnomalies: Number(row.duration_anomalies),
    totalExecutionTimeMs: BigInt(row.total_execution_time_ms),
    minExecutionTimeMs: row.min_execution_time_ms === null ? null : Number(row.min_execution_time_ms),
    maxExecutionTimeMs: row.max_execution_time_ms === null ? null : Number(row.max_execution_time_ms),
    successesWithValue: Number(row.successes_with_value),
    timeSavedMs: BigInt(row.time_saved_ms),
  };
}

const ZERO = 48;
const NINE = 57;

/** The numbers of a PostgreSQL array of integers that are not negative: `{1,20,3}`. */
export function naturals(text: string): number[] {
  const numbers: number[] = [];
  if (text.length <= 2) return numbers;
  let number = 0;
  for (let i = 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) number = number * 10 + (code - ZERO);
    else {
      numbers.push(number);
      number = 0;
    }
  }
  return numbers;
}

/** Parameters $1..$6 of the SELECT from raw executions: the days in order, as instants of the zone. */
export function rawParameters(clientId: number, days: readonly LocalDay[], zone: string, workflowId: number | null): unknown[] {
  const sorted = [...new Set(days)].sort();
  const ranges = sorted.map((day) => dayRange(day, zone));
  return [clientId, sorted, ranges.map(({ start }) => start), ranges.map(({ end }) => end), histogramBounds, workflowId];
}
