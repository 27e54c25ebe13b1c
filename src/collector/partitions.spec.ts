import fc from 'fast-check';
import { partitionOf, partitionsOf } from './partitions.js';

const week = (day: string) => ({ from: new Date(`${day}T00:00:00Z`), to: new Date(Date.parse(day) + 7 * 86_400_000) });

describe('partitionOf', () => {
  it('begins on Monday, 00:00 UTC', () => {
    const expected = { name: 'workflow_executions_w20260316', ...week('2026-03-16') };
    expect(partitionOf(new Date('2026-03-16T00:00:00.000Z'))).toEqual(expected);
    expect(partitionOf(new Date('2026-03-22T23:59:59.999Z'))).toEqual(expected);
  });

  it('leaves the instant before Monday to the week before', () => {
    expect(partitionOf(new Date('2026-03-15T23:59:59.999Z')).name).toBe('workflow_executions_w20260309');
  });

  it('crosses the turn of the year and of Unix time', () => {
    expect(partitionOf(new Date('2027-01-01T12:00:00Z')).name).toBe('workflow_executions_w20261228');
    expect(partitionOf(new Date('1970-01-01T00:00:00Z'))).toEqual({
      name: 'workflow_executions_w19691229',
      ...week('1969-12-29'),
    });
  });

  it('holds its instant, lasts a week and sorts by name as by time', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [first, second] = [partitionOf(a), partitionOf(b)];
        expect(first.from <= a && a < first.to).toBe(true);
        expect(first.from.getUTCDay()).toBe(1);
        expect(first.to.getTime() - first.from.getTime()).toBe(7 * 86_400_000);
        expect(first.name < second.name).toBe(first.from < second.from);
      }),
    );
  });
});

describe('partitionsOf', () => {
  it('names each partition once', () => {
    const instants = ['2026-03-17', '2026-03-18', '2026-03-01', '2026-03-22'].map((day) => new Date(day));
    expect(partitionsOf(instants).map(({ name }) => name)).toEqual([
      'workflow_executions_w20260316',
      'workflow_executions_w20260223',
    ]);
    expect(partitionsOf([])).toEqual([]);
  });
});
