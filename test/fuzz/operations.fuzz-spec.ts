import fc from 'fast-check';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { AnswerChecker } from '../support/answer-checker.js';
import { type Operation, operationsOf, readOpenApi } from '../support/openapi.js';
import { type FuzzedRequest, requestsTo, withBrokenBodies } from './requests.js';
import { openStage, type Stage } from './stage.js';

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_301);
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const AT_ONCE = 4;

const document = readOpenApi();
const checker = new AnswerChecker(document);
const operations = operationsOf(document);

let stage: Stage;

beforeAll(async () => {
  console.log(`fuzz: ${RUNS} requests to each of ${operations.length} operations, FUZZ_SEED=${SEED}`);
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** What is wrong with the answer to a request, told with the request; `null`: nothing. */
async function tried(operation: Operation, request: FuzzedRequest): Promise<string | null> {
  const { method, url, headers, body, broken } = request;
  const answer = await stage.service.app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(body === null ? {} : { payload: body }),
  });
  const received = {
    status: answer.statusCode,
    headers: answer.headers,
    body: unpacked(answer.rawPayload, answer.headers['content-encoding']),
  };
  const complaints = checker.complaints(operation, received);
  if (received.status >= 500) complaints.unshift(`it answers ${received.status}`);
  if (broken.length > 0 && received.status < 400)
    complaints.push(`it answers ${received.status} although broken: ${broken.join(', ')}`);
  if (complaints.length === 0) return null;
  return `${complaints.join('\n  ')}\n  ${method} ${url.slice(0, 500)}\n  ${(body ?? 'no body').slice(0, 500)}\n  ${JSON.stringify(headers).slice(0, 500)}`;
}

function unpacked(payload: Buffer, encoding: unknown): string {
  if (encoding === 'br') return brotliDecompressSync(payload).toString('utf8');
  return (encoding === 'gzip' ? gunzipSync(payload) : payload).toString('utf8');
}

describe('whatever is sent to', () => {
  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    '%s is answered as the document says, and never with 5xx',
    async (_, operation) => {
      const key = operation.access === 'public' ? null : operation.access === 'own-client' ? stage.viewerKey : stage.adminKey;
      const removable = operation.method === 'delete' ? stage.removable[operation.path] : undefined;
      const known = removable === undefined ? stage.known : { ...stage.known, id: removable };
      const allowed = checker.bodyRule(operation);
      const sample = fc.sample(requestsTo(document, operation, known, { key, allowed }), { seed: SEED, numRuns: RUNS });
      const requests = [...sample, ...withBrokenBodies(sample, allowed)];
      const found: (string | null)[] = [];
      for (let at = 0; at < requests.length; at += AT_ONCE) {
        found.push(...(await Promise.all(requests.slice(at, at + AT_ONCE).map((request) => tried(operation, request)))));
      }
      const complaints = found.filter((complaint) => complaint !== null);
      if (complaints.length > 0)
        throw new Error(`${complaints.length} of ${requests.length}, for example:\n${complaints.slice(0, 5).join('\n')}`);
    },
    Math.max(120_000, RUNS * 1_000),
  );
});
