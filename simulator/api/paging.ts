import { type SimulatedInstance } from '../simulated-instance.js';
import { ApiError, type Query } from './answer.js';

/** The largest page of every release. */
export const maxLimit = 250;
const defaultLimit = 100;

export interface ExecutionCursor {
  lastId: string;
  limit: number;
}

export interface OffsetCursor {
  limit: number;
  offset: number;
}

export function encodeCursor(cursor: ExecutionCursor | OffsetCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64');
}

/** Cursors are not signed, so a client may write its own; the limit inside wins over the one in the query. */
export function executionCursor(query: Query, instance: SimulatedInstance): ExecutionCursor | { lastId: null; limit: number } {
  const decoded = decode(query);
  if (decoded === null) return { lastId: null, limit: limitOf(query, instance) };
  const { lastId, limit } = decoded;
  if (typeof lastId !== 'string' && typeof lastId !== 'number') throw invalidCursor();
  return { lastId: String(lastId), limit: clamp(limit, instance) };
}

export function offsetCursor(query: Query, instance: SimulatedInstance): OffsetCursor {
  const decoded = decode(query);
  if (decoded === null) return { limit: limitOf(query, instance), offset: 0 };
  const { offset, limit } = decoded;
  if (typeof offset !== 'number' || offset < 0) throw invalidCursor();
  return { limit: clamp(limit, instance), offset };
}

function decode({ cursor }: Query): Record<string, unknown> | null {
  if (cursor === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Not JSON: refused below, like JSON that is not an object.
  }
  throw invalidCursor();
}

function limitOf({ limit }: Query, instance: SimulatedInstance): number {
  if (limit === undefined) return clamp(defaultLimit, instance);
  const value = Number(limit);
  if (limit === '' || Number.isNaN(value)) throw new ApiError(400, 'request/query/limit must be number');
  if (value > maxLimit && instance.dialect.strictQueries) throw new ApiError(400, 'request/query/limit must be <= 250');
  return clamp(value, instance);
}

function clamp(limit: unknown, { pageLimit }: SimulatedInstance): number {
  return Math.min(pageLimit, typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : defaultLimit);
}

function invalidCursor(): ApiError {
  return new ApiError(400, 'An invalid cursor was provided');
}
