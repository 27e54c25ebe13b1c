import { firstNodeAverage, fromFirstNodeMs, type TimedExecution } from './first-node.js';

const END = Date.parse('2026-02-03T10:00:01.000Z');

function run(starts: Record<string, (number | null)[]>, stoppedAt: string | null = '2026-02-03T10:00:01.000Z'): TimedExecution {
  const runData = Object.fromEntries(
    Object.entries(starts).map(([node, times]) => [node, times.map((startTime) => ({ startTime }))]),
  );
  return { stoppedAt, data: { resultData: { runData } } };
}

describe('the time of a run from its first node on', () => {
  it('is counted from the earliest start of any node', () => {
    expect(fromFirstNodeMs(run({ Last: [END - 100], Webhook: [END - 700, END - 300] }))).toBe(700);
  });

  it('is unknown without an end or without nodes', () => {
    expect(fromFirstNodeMs(run({ Webhook: [END - 700] }, null))).toBeNull();
    expect(fromFirstNodeMs(run({}))).toBeNull();
    expect(fromFirstNodeMs(run({ Webhook: [null] }))).toBeNull();
    expect(fromFirstNodeMs({ stoppedAt: '2026-02-03T10:00:01.000Z' })).toBeNull();
  });

  it('is averaged over the runs that tell', () => {
    expect(firstNodeAverage([run({ A: [END - 700] }), run({}), run({ A: [END - 100] })])).toEqual({ runs: 2, averageMs: 400 });
    expect(firstNodeAverage([])).toEqual({ runs: 0, averageMs: 0 });
  });
});
