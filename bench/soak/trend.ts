/** How a row of samples, taken at equal distances, moves. */
export interface Trend {
  /** Of the straight line through them, from the first sample to the last. */
  growth: number;
  /** Standard deviation of the samples around that line. */
  noise: number;
  mean: number;
}

/** Least squares. @throws Error with fewer than three samples, which show no trend */
export function trendOf(samples: readonly number[]): Trend {
  const n = samples.length;
  if (n < 3) throw new Error(`${n} samples show no trend`);
  const mean = samples.reduce((sum, value) => sum + value, 0) / n;
  const middle = (n - 1) / 2;
  let covariance = 0;
  let variance = 0;
  for (const [place, value] of samples.entries()) {
    covariance += (place - middle) * (value - mean);
    variance += (place - middle) ** 2;
  }
  const slope = covariance / variance;
  const residuals = samples.map((value, place) => value - mean - slope * (place - middle));
  const noise = Math.sqrt(residuals.reduce((sum, residual) => sum + residual ** 2, 0) / n);
  return { growth: slope * (n - 1), noise, mean };
}

/** Whether the growth may be chance: within twice the noise, or 5 % of the mean, which a garbage collector moves at will. */
export function isWithinNoise({ growth, noise, mean }: Trend): boolean {
  return growth <= Math.max(2 * noise, 0.05 * mean);
}
