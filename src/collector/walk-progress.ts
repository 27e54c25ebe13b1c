import { type Mark } from './walk-step.js';

/**
 * How far a backfill has come, for its job and the log: position, rows, rate, and how long it will take at most. n8n may have
 * forgotten what lies further back, so the estimate assumes that history goes on as densely down to what is kept.
 */
export function backfillProgress(
  startedAt: Date,
  position: Mark,
  rows: number,
  now: Date,
  retentionFloor: Date,
): {
  phase: 'backfill';
  position: string;
  position_at: string;
  rows: number;
  rows_per_second: number | null;
  seconds_left_at_most: number | null;
} {
  const elapsed = (now.getTime() - startedAt.getTime()) / 1000;
  const covered = startedAt.getTime() - position.at.getTime();
  const left = Math.max(0, position.at.getTime() - retentionFloor.getTime());
  return {
    phase: 'backfill',
    position: position.id,
    position_at: position.at.toISOString(),
    rows,
    rows_per_second: elapsed > 0 ? Math.round(rows / elapsed) : null,
    seconds_left_at_most: covered > 0 && elapsed > 0 ? Math.ceil((elapsed * left) / covered) : null,
  };
}
