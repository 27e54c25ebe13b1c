import { type Measurement, toFigure } from './figure.js';
import { toTable } from './table.js';

const common: Measurement = { name: 'short', value: 12_345.6, reference: 20_000, unit: 'rows/s', better: 'higher', bar: 0.5 };
const figures = [
  common,
  { ...common, name: 'a.longer.name', value: 1.234, reference: 1, unit: 's', better: 'lower' as const, bar: 1.2 },
  { ...common, name: 'plain', bar: null },
].map(toFigure);

describe('the table for people', () => {
  it('aligns its columns and says which bars are missed', () => {
    expect(toTable(figures, false).split('\n')).toEqual([
      'figure          value  reference  unit    ratio     bar',
      '-------------  ------  ---------  ------  -----  ------  --------',
      'short          12,346     20,000  rows/s   0.62  >= 0.5  ok',
      'a.longer.name    1.23          1  s        1.23  <= 1.2  MISSED',
      'plain          12,346     20,000  rows/s   0.62       -  reported',
    ]);
  });

  it('colours only lines with a bar, and only when asked to', () => {
    const [heading, , kept, missed, plain] = toTable(figures, true).split('\n');
    expect(kept?.startsWith('\u001b[32m') === true && kept.endsWith('\u001b[0m')).toBe(true);
    expect(missed?.startsWith('\u001b[31m') === true && missed.endsWith('\u001b[0m')).toBe(true);
    expect([heading, plain].join('')).not.toContain('\u001b');
    expect(toTable(figures, false)).not.toContain('\u001b');
  });
});
