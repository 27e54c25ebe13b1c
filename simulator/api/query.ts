import { type Dialect } from '../dialect.js';
import { ApiError, type Query } from './answer.js';

export function checkNames(query: Query, known: readonly string[], dialect: Dialect): void {
  if (!dialect.strictQueries) return;
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ApiError(400, `Unknown query parameter '${unknown}'`);
}

export function checkStatus(status: string | undefined, dialect: Dialect): void {
  const { listedStatuses } = dialect;
  if (status === undefined || (listedStatuses as readonly string[]).includes(status)) return;
  const text = dialect.strictQueries
    ? `request/query/status must be equal to one of the allowed values: ${listedStatuses.join(', ')}`
    : `request/query/status Invalid enum value. Expected ${listedStatuses.map((name) => `'${name}'`).join(' | ')}, received '${status}'`;
  throw new ApiError(400, text);
}

export function flag(query: Query, name: string): boolean {
  const value = query[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new ApiError(400, `request/query/${name} must be boolean`);
}

/** Milliseconds; `fallback` when the parameter is absent. */
export function instant(query: Query, name: string, fallback: number): number {
  const value = query[name];
  if (value === undefined) return fallback;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new ApiError(400, `request/query/${name} Invalid datetime`);
  return ms;
}
