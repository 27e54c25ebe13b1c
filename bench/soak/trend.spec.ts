import { isWithinNoise, trendOf } from './trend.js';

const wave = (n: number): number => 200 + 8 * Math.sin(n * 1.7);

describe('the trend of samples', () => {
  it('is the growth of their line, and what is left around it', () => {
    expect(trendOf([1, 2, 3, 4, 5])).toEqual({ growth: 4, noise: 0, mean: 3 });
    const { growth, noise } = trendOf([2, 4, 2, 4, 2]);
    expect(growth).toBeCloseTo(0);
    expect(noise).toBeCloseTo(0.98, 2);
    expect(() => trendOf([1, 2])).toThrow('show no trend');
  });

  it('is within noise where memory only goes up and down, and not where it leaks', () => {
    const level = Array.from({ length: 120 }, (_, n) => wave(n));
    expect(isWithinNoise(trendOf(level))).toBe(true);
    expect(isWithinNoise(trendOf(level.map((mb, n) => mb + n / 4)))).toBe(false);
  });
});
