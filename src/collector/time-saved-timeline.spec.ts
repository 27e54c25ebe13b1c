import fc from 'fast-check';
import { dayRange } from '../common/index.js';
import { changedStretches, daySlices, setByHand, type TimeSavedValue, valueInForce } from './time-saved-timeline.js';

const at = (hour: number): Date => new Date(hour * 3_600_000);
const value = (hour: number, source: TimeSavedValue['source'], minutes: number | null): TimeSavedValue => ({
  validFrom: at(hour),
  source,
  minutes,
});

const LAST_HOUR = 30;
const hour = fc.integer({ min: 0, max: LAST_HOUR });
const minutes = fc.option(fc.constantFrom(0, 0.0001, 5, 7.5));
const values = fc
  .uniqueArray(fc.tuple(hour, fc.constantFrom<TimeSavedValue['source']>('n8n', 'manual'), minutes), {
    selector: ([from, source]) => `${from} ${source}`,
    maxLength: 12,
  })
  .map((list) => list.sort(([a], [b]) => a - b).map(([from, source, each]) => value(from, source, each)));

/** What a success counts that starts at an instant, said in another way: look back from it. */
function counted(list: readonly TimeSavedValue[], when: Date): number | null {
  const latest = (source: TimeSavedValue['source']): number | null =>
    list.filter((each) => each.source === source && each.validFrom <= when).at(-1)?.minutes ?? null;
  return latest('manual') ?? latest('n8n');
}

describe('setting a time-saved value by hand', () => {
  it('counts from its moment on, changes nothing before, and lets n8n apply where it is taken back', () => {
    fc.assert(
      fc.property(values, hour, minutes, (before, from, set) => {
        const { after } = setByHand(before, at(from), set);
        for (let h = 0; h <= LAST_HOUR + 1; h += 1) {
          const n8n = before.filter(({ source }) => source === 'n8n');
          expect(counted(after, at(h))).toBe(h < from ? counted(before, at(h)) : (set ?? counted(n8n, at(h))));
        }
      }),
    );
  });

  it('says what it replaces and adds nothing that applies by hand already', () => {
    const list = [value(1, 'manual', 5), value(2, 'n8n', 6), value(3, 'manual', 7), value(4, 'manual', null)];
    expect(setByHand(list, at(3), 5)).toEqual({ after: list.slice(0, 2), replaced: list.slice(2), added: null });
    expect(setByHand(list, at(0), null)).toEqual({
      after: [list[1]],
      replaced: [list[0], list[2], list[3]],
      added: null,
    });
    expect(setByHand(list, at(5), null)).toEqual({ after: list, replaced: [], added: null });
    expect(setByHand(list, at(5), 8).added).toEqual(value(5, 'manual', 8));
  });
});

describe('the stretches that a change touches', () => {
  it('hold exactly the moments whose value differs, apart and in order', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const stretches = changedStretches(before, after);
        for (let h = 0; h <= LAST_HOUR + 1; h += 1) {
          const inside = stretches.some(({ from, to }) => from <= at(h) && (to === null || at(h) < to));
          expect(inside).toBe(counted(before, at(h)) !== counted(after, at(h)));
        }
        for (const [i, { from }] of stretches.slice(1).entries())
          expect(stretches[i]?.to?.getTime()).toBeLessThan(from.getTime());
      }),
    );
  });

  it('are cut into local days, without those that begin below the raw floor', () => {
    const timezone = 'Europe/Berlin';
    const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
    const stretches = [
      { from: noon('2026-03-27'), to: noon('2026-03-27') },
      { from: noon('2026-03-28'), to: noon('2026-03-30') },
      { from: noon('2026-04-02'), to: null },
    ];
    const rawFloor = dayRange('2026-03-29', timezone).start;
    const span = { first: noon('2026-01-01'), last: noon('2026-04-03') };
    expect(daySlices(stretches, span, { timezone, rawFloor })).toEqual([
      // Daylight saving begins on the 29th: 23 hours.
      { day: '2026-03-29', from: new Date('2026-03-28T23:00:00Z'), to: new Date('2026-03-29T22:00:00Z') },
      { day: '2026-03-30', from: new Date('2026-03-29T22:00:00Z'), to: noon('2026-03-30') },
      { day: '2026-04-02', from: noon('2026-04-02'), to: new Date('2026-04-02T22:00:00Z') },
      { day: '2026-04-03', from: new Date('2026-04-02T22:00:00Z'), to: new Date('2026-04-03T12:00:00.001Z') },
    ]);
  });
});

describe('the value in force', () => {
  it.each<[string, TimeSavedValue[], number | null]>([
    ['none at all', [], null],
    ['none that n8n has', [value(1, 'n8n', null)], null],
    ['the one of n8n', [value(1, 'n8n', 5)], 5],
    ['the one by hand, also zero', [value(2, 'n8n', 5), value(1, 'manual', 0)], 0],
    ['n8n again when the one by hand is taken back', [value(1, 'n8n', 5), value(2, 'manual', null)], 5],
  ])('is %s', (_, newest, expected) => {
    expect(valueInForce(newest)?.minutes ?? null).toBe(expected);
  });
});
