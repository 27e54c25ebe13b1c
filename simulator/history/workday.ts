import { type Random } from '../random.js';

const { floor } = Math;

const hour = 3_600_000;
const day = 24 * hour;

/** Traffic by UTC hour, from night to the two humps of an office day. */
const byHour = [2, 1.5, 1.5, 1.5, 2, 3, 6, 12, 20, 26, 28, 25, 20, 24, 27, 25, 21, 15, 10, 8, 6, 5, 4, 3];
/** Sunday first. */
const byWeekday = [0.25, 1, 1.1, 1.1, 1.05, 0.9, 0.35];

/** `count` times between `until - days` and `until` (milliseconds), ascending, spread as office work is. */
export function workdayTimes(count: number, days: number, until: number, random: Random): Float64Array {
  const start = until - days * day;
  const hours = Math.max(1, Math.round(days * 24));
  const upTo = new Float64Array(hours + 1);
  for (let i = 0; i < hours; i++) {
    const at = new Date(start + i * hour);
    upTo[i + 1] = (upTo[i] ?? 0) + (byHour[at.getUTCHours()] ?? 1) * (byWeekday[at.getUTCDay()] ?? 1);
  }
  const total = upTo[hours] ?? 1;
  const times = Float64Array.from({ length: count }, () => random.next() * total).sort();
  const span = (until - start) / hours;
  let slot = 0;
  for (let i = 0; i < count; i++) {
    const mass = times[i] ?? 0;
    while (slot < hours - 1 && (upTo[slot + 1] ?? 0) <= mass) slot++;
    const within = (mass - (upTo[slot] ?? 0)) / ((upTo[slot + 1] ?? 0) - (upTo[slot] ?? 0));
    times[i] = floor(start + (slot + within) * span);
  }
  return times;
}
