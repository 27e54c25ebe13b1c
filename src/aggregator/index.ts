export {
  AggregationReadModel,
  CLIENT_WIDE,
  type DayFigures,
  type RangeFigures,
  type RollupRow,
  type RollupScope,
} from './aggregation.read-model.js';
export { type AggregationSummary, AggregationSummaryReadModel, type StoredPeriods } from './aggregation-summary.read-model.js';
export { AggregatorModule } from './aggregator.module.js';
export { AggregatorService, type Recomputed } from './aggregator.service.js';
export { emptyFigures, type Figures, mergeFigures } from './figures.js';
export { firstLiveDay, isFrozen } from './frozen.js';
export { MetricsAggregationEntity } from './metrics-aggregation.entity.js';
export { derive, type ServedFigures } from './served-figures.js';
export {
  type PeriodTrends,
  type SeriesTrend,
  seriesTrend,
  type SeriesTrends,
  seriesTrends,
  type TrendDirection,
  trendsBetween,
} from './trends.js';
