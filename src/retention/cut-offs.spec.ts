import { cutOffs } from './cut-offs.js';

describe('cut-offs', () => {
  it('keeps raw executions for whole days and rollups for whole months', () => {
    expect(cutOffs(new Date('2026-03-31T10:00:00Z'), 90, 24)).toEqual({
      raw: new Date('2025-12-31T10:00:00Z'),
      rollups: '2024-03-01',
    });
  });

  it('crosses the turn of the year', () => {
    expect(cutOffs(new Date('2026-01-15T00:00:00Z'), 1, 1).rollups).toBe('2025-12-01');
  });
});
