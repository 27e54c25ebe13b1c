import { Injectable } from '@nestjs/common';
import { addDays, lastDayOf, type LocalDay, localDayOf, type PeriodType, periodStarts } from '../common/index.js';
import { firstLiveDay } from './frozen.js';
import {
  type AuditedMoment,
  type AuditState,
  type ComparedRows,
  type DifferingRow,
  RollupAuditReadModel,
} from './rollup-audit.read-model.js';

/** Both ends inclusive, days of the client's zone. */
export interface AuditRange {
  from: LocalDay;
  to: LocalDay;
}

/** A rollup row that is not what it should be. */
export interface RollupDifference extends DifferingRow {
  periodType: PeriodType;
}

/** What comparing every rollup of a range with what it is made of came to. */
export interface RollupAudit {
  timezone: string;
  /** `null`: nothing is stored of the client. */
  range: AuditRange | null;
  dataVersion: number;
  rowsCompared: Record<PeriodType, number>;
  daysCompared: number;
  differences: number;
  /** The first of them. */
  listed: RollupDifference[];
  /** Not compared: the rollup is known not to be computed yet. */
  dirtyDays: LocalDay[];
  /** Weeks and months that hold such a day. */
  dirtyPeriods: number;
  /** Not compared: raw executions are partly gone, the rows never change again. */
  frozenDays: number;
  frozenPeriods: number;
  /** A changed zone or week start is not applied yet: nothing was compared. */
  configurationPending: boolean;
}

/** Differences that are listed one by one. */
const LISTED = 200;
/** Days recomputed in one statement. */
const DAYS_AT_ONCE = 7;

/**
 * Checks the law: recomputes day rows from raw executions and week and month rows from day rows, by the very SELECTs that write
 * them, and compares every figure with what is stored. Reads only, everything in one moment.
 */
@Injectable()
export class RollupAuditService {
  constructor(private readonly readModel: RollupAuditReadModel) {}

  /**
   * @param range left out: everything that raw executions cover
   * @throws ClientGoneError
   */
  async audit(clientId: number, { from, to }: Partial<AuditRange> = {}): Promise<RollupAudit> {
    return this.readModel.moment(clientId, async (moment) => {
      const { state } = moment;
      const firstLive = firstLiveDay(state.timezone, state.rawFloor);
      const range = rangeOf(coveredRange(state, firstLive), { from, to });
      const audit = emptyAudit(state, range);
      if (range === null) return audit;
      await auditDays(moment, audit, range, firstLive);
      for (const type of ['weekly', 'monthly'] as const) await auditPeriods(moment, audit, { type, ...range }, firstLive);
      return audit;
    });
  }
}

function emptyAudit({ timezone, dataVersion, configurationPending }: AuditState, range: AuditRange | null): RollupAudit {
  return {
    timezone,
    range,
    dataVersion,
    rowsCompared: { daily: 0, weekly: 0, monthly: 0 },
    daysCompared: 0,
    differences: 0,
    listed: [],
    dirtyDays: [],
    dirtyPeriods: 0,
    frozenDays: 0,
    frozenPeriods: 0,
    configurationPending,
  };
}

/** What was asked for, the rest filled in with what is there. */
function rangeOf(covered: AuditRange | null, asked: Partial<AuditRange>): AuditRange | null {
  const from = asked.from ?? covered?.from ?? asked.to;
  const to = asked.to ?? covered?.to ?? asked.from;
  if (from === undefined || to === undefined) return null;
  // Half a range that lies beside everything that is there is one day, not a range that runs backwards.
  if (from <= to) return { from, to };
  return asked.from === undefined ? { from: to, to } : { from, to: from };
}

/** From the first day that is not frozen and has executions or a rollup, to the last. */
function coveredRange({ raw, rollups, timezone }: AuditState, firstLive: LocalDay): AuditRange | null {
  const firsts = [
    ...(raw === null ? [] : [localDayOf(raw.first, timezone)]),
    ...(rollups === null ? [] : [rollups.first]),
  ].sort();
  const lasts = [...(raw === null ? [] : [localDayOf(raw.last, timezone)]), ...(rollups === null ? [] : [rollups.last])].sort();
  const [first, last] = [firsts[0], lasts.at(-1)];
  if (first === undefined || last === undefined || last < firstLive) return null;
  return { from: first > firstLive ? first : firstLive, to: last };
}

async function auditDays(
  moment: AuditedMoment,
  audit: RollupAudit,
  { from, to }: AuditRange,
  firstLive: LocalDay,
): Promise<void> {
  const days: LocalDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  const live = days.filter((day) => day >= firstLive);
  const dirty = new Set(moment.state.dirtyDays);
  const clean = live.filter((day) => !audit.configurationPending && !dirty.has(day));
  audit.frozenDays = days.length - live.length;
  audit.dirtyDays = live.filter((day) => audit.configurationPending || dirty.has(day));
  audit.daysCompared = clean.length;
  for (let at = 0; at < clean.length; at += DAYS_AT_ONCE) {
    const compared = await moment.compareDays(clean.slice(at, at + DAYS_AT_ONCE), LISTED - audit.listed.length);
    add(audit, 'daily', compared);
  }
}

async function auditPeriods(
  moment: AuditedMoment,
  audit: RollupAudit,
  { type, from, to }: AuditRange & { type: 'weekly' | 'monthly' },
  firstLive: LocalDay,
): Promise<void> {
  const { dirtyDays, weekStartsOn } = moment.state;
  const starts = periodStarts(type, from, to, weekStartsOn);
  const live = starts.filter((start) => start >= firstLive);
  const holdsDirty = (start: LocalDay): boolean => dirtyDays.some((day) => day >= start && day <= lastDayOf(type, start));
  const clean = live.filter((start) => !audit.configurationPending && !holdsDirty(start));
  audit.frozenPeriods += starts.length - live.length;
  audit.dirtyPeriods += live.length - clean.length;
  if (clean.length > 0) add(audit, type, await moment.comparePeriods(type, clean, LISTED - audit.listed.length));
}

function add(audit: RollupAudit, periodType: PeriodType, { rows, differ, listed }: ComparedRows): void {
  audit.rowsCompared[periodType] += rows;
  audit.differences += differ;
  audit.listed.push(...listed.map((row) => ({ periodType, ...row })));
}
