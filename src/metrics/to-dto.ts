import { derive, seriesTrends, type Sums, trendsBetween } from '../aggregator/index.js';
import { type Coverage, type CoverageGap } from '../collector/index.js';
import { type Plain } from '../common/index.js';
import { type CoverageDto, type CoverageGapDto } from './dto/coverage.dto.js';
import { type ProvenanceDto } from './dto/figures.dto.js';
import { type SeriesTrendsDto, type TrendsDto } from './dto/trends.dto.js';
import { type Part } from './part.js';

/** The trends of a stretch against the one before it. */
export function toTrendsDto(current: Sums, baseline: Sums | undefined): Plain<TrendsDto> {
  return trendsBetween(current, baseline);
}

/** The directions of a series of complete periods, oldest first. */
export function toSeriesTrendsDto(periods: readonly Sums[]): Plain<SeriesTrendsDto> {
  return seriesTrends(periods);
}

export function toProvenanceDto(part: Part, isPartial: boolean): Plain<ProvenanceDto> {
  return {
    ...derive(part.figures),
    is_partial: isPartial,
    source: part.source,
    computed_at: isoOrNull(part.computedAt),
    mixed_zone: part.mixedZone,
  };
}

/** Without the time of the last sync: that travels in a header, so that an unchanged answer stays the same bytes. */
export function toCoverageDto(coverage: Coverage): Plain<CoverageDto> {
  return {
    first_observed_at: isoOrNull(coverage.firstObservedAt),
    gaps: coverage.gaps.map(toGapDto),
    complete: coverage.complete,
  };
}

function toGapDto(gap: CoverageGap): Plain<CoverageGapDto> {
  return {
    from: gap.from.toISOString(),
    to: isoOrNull(gap.to),
    reason: gap.reason,
    missing_ids: gap.missingIds,
    confidence: gap.confidence,
    workflow_id: gap.workflowId,
  };
}

export function isoOrNull(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
