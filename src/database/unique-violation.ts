import { QueryFailedError } from 'typeorm';

const UNIQUE_VIOLATION = '23505';

/** Where a statement met a row that is there already; `null` when it failed for another reason. */
export function uniqueViolation(error: unknown): { table: string | undefined; constraint: string | undefined } | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { code, table, constraint } = error.driverError as { code?: string; table?: string; constraint?: string };
  return code === UNIQUE_VIOLATION ? { table, constraint } : null;
}
