import { Client } from 'pg';
import { type BenchContext } from '../benchmark.js';
import { median } from '../figure.js';
import { type Statement } from './messages.js';
import { type Service } from './service.js';

/** How an answer that nobody has kept compares with its SQL. */
export interface Uncached {
  /** Median ms of a request. */
  p50: number;
  /** Median ms of all its statements without the service, on one connection. */
  sqlP50: number;
  /** Pages of tables and indexes that its statements looked at. */
  buffers: number;
}

/** A service, its database and a connection to that. */
export interface Place {
  service: Service;
  sql: Client;
}

export async function connected({ cleanup }: Pick<BenchContext, 'cleanup'>, url: string): Promise<Client> {
  const sql = new Client({ connectionString: url });
  cleanup.add('a connection to the database', () => sql.end());
  await sql.connect();
  return sql;
}

/** The same question at each place, in turn. */
export async function measureUncached(places: readonly Place[], path: string, samples: number): Promise<Uncached[]> {
  const statements: Statement[][] = [];
  for (const { service } of places) statements.push(await statementsOf(service, path));
  const times = places.map(() => ({ request: [] as number[], sql: [] as number[] }));
  for (let sample = 0; sample < samples; sample += 1) {
    for (const [i, place] of places.entries()) {
      times[i]?.request.push(await timedRequest(place.service, path));
      times[i]?.sql.push(await timed(() => replay(place.sql, statements[i] ?? [])));
    }
  }
  return Promise.all(
    places.map(async ({ sql }, i) => ({
      p50: median(times[i]?.request ?? []),
      sqlP50: median(times[i]?.sql ?? []),
      buffers: await buffersOf(sql, statements[i] ?? []),
    })),
  );
}

async function statementsOf(service: Service, path: string): Promise<Statement[]> {
  await service.ask({ kind: 'record' });
  await service.get(path);
  return service.ask({ kind: 'recorded' });
}

async function timedRequest(service: Service, path: string): Promise<number> {
  await service.ask({ kind: 'forget' });
  return timed(async () => {
    const { headers } = await service.get(path);
    if (headers['x-cache'] !== 'miss') throw new Error(`${path} was kept`);
  });
}

async function replay(sql: Client, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await sql.query(statement.sql, statement.parameters);
}

/** Inside of what looks at its data only: transactions begin and end anyway. */
async function buffersOf(sql: Client, statements: readonly Statement[]): Promise<number> {
  let buffers = 0;
  for (const { sql: text, parameters } of statements) {
    if (!/^\s*(SELECT|WITH)\b/i.test(text)) continue;
    const { rows } = await sql.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      parameters,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
    buffers += (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
  }
  return buffers;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
