import { type BenchContext } from '../benchmark.js';
import { type Measurement, middlePair, type Pair } from '../figure.js';
import { BARE_PATH } from './messages.js';
import { type Load, type Service } from './service.js';

const CONNECTIONS = 32;
/** Short ones, many: a machine whose speed changes from second to second changes less within a pair. */
const WINDOW_MS = 500;
const WARM_UP_MS = 2_000;

/** What is asked for, and what it is held against. */
export interface Subject {
  name: string;
  service: Service;
  path: string;
  key: string;
  /** Whether the caller has the answer already. */
  conditional: boolean;
  bar: number | null;
}

/** Requests a second of kept answers against those of the bare route that sends the same bytes, in turn. */
export async function measureThroughput(
  { say }: BenchContext,
  load: Load,
  subject: Subject,
  rounds: number,
): Promise<Measurement> {
  const { name, service, path, key, conditional, bar } = subject;
  const headers = service.authorized(key);
  await service.get(path, headers);
  const kept = await service.get(path, headers);
  if (kept.headers['x-cache'] !== 'hit') throw new Error(`${path} is not kept`);
  await service.ask({ kind: 'bare', bytes: kept.bytes });
  const asked = conditional ? { ...headers, 'if-none-match': String(kept.headers.etag) } : headers;
  const status = conditional ? 304 : 200;
  const measure = async (bare: boolean, ms: number): Promise<number> => {
    const question = {
      port: service.port,
      path: bare ? BARE_PATH : path,
      headers: bare ? {} : asked,
      connections: CONNECTIONS,
      ms,
    };
    return load.rate(question, bare ? 200 : status);
  };
  await measure(true, WARM_UP_MS);
  await measure(false, WARM_UP_MS);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const early = round % 2 === 1 ? await measure(false, WINDOW_MS) : null;
    const reference = await measure(true, WINDOW_MS);
    pairs.push({ value: early ?? (await measure(false, WINDOW_MS)), reference });
  }
  const ratios = pairs.map(({ value, reference }) => value / reference);
  say(`${name}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of the bare route`);
  const better = 'higher';
  return { name: `api.${name}`, ...middlePair(pairs, better), unit: 'requests/s', better, bar };
}
