import { isMissed, type Measurement, median, middlePair, toFigure, toLine } from './figure.js';

const measurement: Measurement = { name: 'a.b', value: 1, reference: 4, unit: 'rows/s', better: 'higher', bar: 0.5 };

describe('a figure', () => {
  it('is one line of JSON with the keys in the documented order', () => {
    const line = toLine(toFigure({ ...measurement, value: 1234.56789 }));
    expect(line).toBe('{"name":"a.b","value":1234.6,"reference":4,"unit":"rows/s","ratio":308.64,"better":"higher","bar":0.5}');
  });

  it('keeps a bar of null in its line', () => {
    expect(toLine(toFigure({ ...measurement, bar: null }))).toContain('"bar":null');
  });

  it('is refused when there is no ratio', () => {
    expect(() => toFigure({ ...measurement, reference: 0 })).toThrow('a.b: 1 of 0 is no figure');
    expect(() => toFigure({ ...measurement, value: Number.NaN })).toThrow('is no figure');
  });

  it.each([
    ['higher', 0.49, true],
    ['higher', 0.5, false],
    ['lower', 0.5, false],
    ['lower', 0.51, true],
  ] as const)('whose better ratio is the %s one, at %d of a bar of 0.5: missed %s', (better, value, missed) => {
    expect(isMissed(toFigure({ ...measurement, value, reference: 1, better }))).toBe(missed);
  });

  it('without a bar is never missed', () => {
    expect(isMissed(toFigure({ ...measurement, bar: null }))).toBe(false);
  });
});

describe('the middle pair', () => {
  const pairs = [1, 4, 2].map((ratio, index) => ({ value: ratio * 10 ** index, reference: 10 ** index }));

  it('is the one with the middle ratio, whatever the sizes of its parts', () => {
    expect(middlePair(pairs, 'higher')).toEqual({ value: 200, reference: 100 });
    expect(middlePair(pairs, 'lower')).toEqual({ value: 200, reference: 100 });
  });

  it('is the worse of the middle two of an even number', () => {
    const four = [...pairs, { value: 3, reference: 1 }];
    expect(middlePair(four, 'higher')).toEqual({ value: 200, reference: 100 });
    expect(middlePair(four, 'lower')).toEqual({ value: 3, reference: 1 });
  });

  it('of nothing is an error', () => {
    expect(() => middlePair([], 'lower')).toThrow('no pairs');
  });
});

describe('the median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([10, 1, 3, 2])).toBe(2.5);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow('no values');
  });
});
