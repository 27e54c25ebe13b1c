import { causesOf, type ErrorFacts } from './error-causes.js';

/** What a caller is told about a database that cannot do its work right now. */
export interface DatabaseTrouble {
  code: 'database_unavailable' | 'database_read_only' | 'database_full' | 'database_slow';
  detail: string;
}

/** SQLSTATEs, and errors of the network below. */
const CODES: Readonly<Record<DatabaseTrouble['code'], RegExp>> = {
  database_unavailable: /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[1-5]|53[23]00|08\w{3})$/,
  database_read_only: /^25006$/,
  database_full: /^53100$/,
  database_slow: /^(57014|55P03)$/,
};

const DETAILS: Readonly<Record<DatabaseTrouble['code'], string>> = {
  database_unavailable: 'The database does not answer. Try again in a moment.',
  database_read_only:
    'The database takes no changes at the moment: it is read-only. What is stored can be read. Try again later.',
  database_full: 'The database has no space left. What is stored can be read. Try again later.',
  database_slow: 'The database is too slow at the moment. Try again in a moment.',
};

/** What pg and TypeORM say without a code when a connection is lost or none becomes free. */
const GONE =
  /timeout exceeded when trying to connect|Connection terminated|Query runner already released|connection error and is not queryable/;

/** `null` when the error says nothing about the state of the database. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  for (const cause of causesOf(error)) {
    const code = codeOf(cause);
    if (code !== null) return { code, detail: DETAILS[code] };
  }
  return null;
}

function codeOf({ code, message }: ErrorFacts): DatabaseTrouble['code'] | null {
  const known = (Object.keys(CODES) as DatabaseTrouble['code'][]).find((name) => code !== null && CODES[name].test(code));
  return known ?? (GONE.test(message) ? 'database_unavailable' : null);
}
