import { emptyFigures, type Figures, type RollupRow } from '../aggregator/index.js';
import { type DayFacts, partOfDays } from './part.js';

const executions = (successful: number): Figures => ({ ...emptyFigures, successful });

function row(day: string, successful: number, more: Partial<RollupRow> = {}): [string, RollupRow] {
  const computedAt = new Date(`${day}T23:00:00Z`);
  return [
    day,
    {
      periodType: 'daily',
      periodStart: day,
      workflowId: 0,
      figures: executions(successful),
      timezone: 'UTC',
      mixedZone: false,
      computedAt,
      ...more,
    },
  ];
}

function facts(rollups: [string, RollupRow][], raw: Record<string, number | null> = {}): DayFacts {
  const counted = Object.entries(raw).flatMap(([day, n]): [string, Figures][] => (n === null ? [] : [[day, executions(n)]]));
  return { rollups: new Map(rollups), rawDays: new Set(Object.keys(raw)), raw: new Map(counted) };
}

const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
const today = '2026-03-03';

describe('a part made of days', () => {
  it('is the sum of its rollups when all days are clean', () => {
    const part = partOfDays(days, facts([row('2026-03-01', 1), row('2026-03-03', 4)]), today);
    expect(part).toEqual({
      figures: executions(5),
      source: 'rollup',
      computedAt: new Date('2026-03-03T23:00:00Z'),
      mixedZone: false,
    });
  });

  it('takes raw figures for dirty days and never their rollups', () => {
    const part = partOfDays(days, facts([row('2026-03-01', 1), row('2026-03-02', 100)], { '2026-03-02': 7 }), today);
    expect(part).toMatchObject({ figures: executions(8), source: 'mixed', computedAt: new Date('2026-03-01T23:00:00Z') });
  });

  it('counts a dirty day without executions as empty, whatever its rollup still says', () => {
    expect(partOfDays(['2026-03-02'], facts([row('2026-03-02', 100)], { '2026-03-02': null }), today)).toEqual({
      figures: emptyFigures,
      source: 'raw',
      computedAt: null,
      mixedZone: false,
    });
  });

  it('is raw when every day that has begun is dirty', () => {
    const part = partOfDays(days, facts([], { '2026-03-01': 1, '2026-03-02': 1 }), '2026-03-02');
    expect(part).toMatchObject({ figures: executions(2), source: 'raw', computedAt: null });
  });

  it('is mixed when a day beside the dirty ones is clean and empty', () => {
    expect(partOfDays(days, facts([], { '2026-03-02': 2 }), today)).toMatchObject({ figures: executions(2), source: 'mixed' });
  });

  it('is empty, from rollups, when nothing happened', () => {
    expect(partOfDays(days, facts([]), today)).toEqual({
      figures: emptyFigures,
      source: 'rollup',
      computedAt: null,
      mixedZone: false,
    });
  });

  it('says when its days belong to two zones', () => {
    expect(
      partOfDays(days, facts([row('2026-03-01', 1, { timezone: 'Asia/Tokyo' }), row('2026-03-02', 1)]), today).mixedZone,
    ).toBe(true);
    expect(partOfDays(days, facts([row('2026-03-01', 1, { mixedZone: true })]), today).mixedZone).toBe(true);
  });
});
