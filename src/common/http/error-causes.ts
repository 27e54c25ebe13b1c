/** One error of a chain, reduced to what decisions are made on. */
export interface ErrorFacts {
  code: string | null;
  message: string;
}

const DEPTH = 5;

/** The error itself, its `cause`s, the driver's error below a query error and the members of an AggregateError. */
export function causesOf(error: unknown, depth = DEPTH): ErrorFacts[] {
  if (depth === 0 || typeof error !== 'object' || error === null) return [];
  const { code, message, cause, driverError, errors } = error as Record<string, unknown>;
  const own = { code: typeof code === 'string' ? code : null, message: typeof message === 'string' ? message : '' };
  const below = [cause, driverError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [own, ...below.flatMap((one) => causesOf(one, depth - 1))];
}
