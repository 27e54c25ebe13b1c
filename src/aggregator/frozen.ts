import { addDays, dayRange, type LocalDay, localDayOf } from '../common/index.js';

/** True when a part of the day's raw executions may be gone: its rows stay as they are. */
export function isFrozen(day: LocalDay, zone: string, rawFloor: Date): boolean {
  return dayRange(day, zone).start < rawFloor;
}

/** The first day that is not frozen. A period is frozen as soon as one of its days is: when it begins before this day. */
export function firstLiveDay(zone: string, rawFloor: Date): LocalDay {
  const day = localDayOf(rawFloor, zone);
  return isFrozen(day, zone, rawFloor) ? addDays(day, 1) : day;
}
