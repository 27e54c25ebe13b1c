/** A client's calendar: as it is configured, and as it was last applied to what is stored. */
export interface CalendarState {
  timezone: string;
  configVersion: number;
  /** `null`: none was applied yet. */
  appliedTimezone: string | null;
  appliedConfigVersion: number;
}

/**
 * Whether stored executions may have been marked and judged by another zone than the client's. After several changes the zone may
 * be the applied one again: what was stored in between went by another.
 */
export function hasMoved({ timezone, configVersion, appliedTimezone, appliedConfigVersion }: CalendarState): boolean {
  return configVersion - appliedConfigVersion > 1 || (appliedTimezone !== null && appliedTimezone !== timezone);
}
