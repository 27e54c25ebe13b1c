export {
  AggregationReadModel,
  CLIENT_WIDE,
  type DayFigures,
  type DaysProvenance,
  type RollupRow,
  type RollupScope,
  type Stretch,
} from './aggregation.read-model.js';
export { type AggregationSummary, AggregationSummaryReadModel, type StoredPeriods } from './aggregation-summary.read-model.js';
export { AggregatorModule } from './aggregator.module.js';
export { AggregatorService, type Recomputed } from './aggregator.service.js';
export { emptyFigures, type Figures, mergeFigures, mergeSums, type PlacedFigures, type Sums } from './figures.js';
export { type Detail, type FiguresBy } from './figures-row.js';
export { firstLiveDay } from './frozen.js';
export { rollupsKeptFrom } from './kept-from.js';
export { type RollupAudit, RollupAuditService, type RollupDifference } from './rollup-audit.service.js';
export { derive, quotient, type ServedFigures } from './served-figures.js';
export {
  type PeriodTrends,
  type SeriesTrend,
  type SeriesTrends,
  seriesTrends,
  type TrendDirection,
  trendsBetween,
} from './trends.js';
