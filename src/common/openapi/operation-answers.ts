import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { PROBLEM_MEDIA_TYPE, ProblemDto } from '../http/index.js';
import { PROBLEM_MEANINGS, problemExample, type ProblemStatus } from './problem-examples.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Components = NonNullable<OpenAPIObject['components']>;
type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;

/** Who may call an operation decides which refusals it has; `x-access` says it (`Access` in `src/auth`). */
const REFUSALS: Readonly<Record<string, readonly ProblemStatus[]>> = {
  public: [],
  admin: [401, 403],
  'all-clients': [401, 403],
  client: [401, 404],
  'own-client': [401],
};
/** What every operation with a key may answer; without one there is no rate limit and no database in front. */
const EVERY: readonly ProblemStatus[] = [400, 414, 500];
const WITH_KEY: readonly ProblemStatus[] = [429, 503];
const WITH_BODY: readonly ProblemStatus[] = [413, 415];
const SHARED: readonly ProblemStatus[] = [400, 401, 403, 404, 413, 414, 415, 429, 500, 503];
const RETRY_LATER = new Set<ProblemStatus>([429, 503]);

const HEADERS = {
  ETag: { description: 'Tag of the answer; `If-None-Match` with it gives 304.', schema: { type: 'string' } },
  'Last-Modified': { description: 'When the data last changed.', schema: { type: 'string' } },
  'X-Synced-At': { description: 'When executions were last synchronised.', schema: { type: 'string', format: 'date-time' } },
  'X-Cache': { description: 'Where the answer comes from.', schema: { type: 'string', enum: ['hit', 'miss', 'bypass'] } },
  'X-Request-Id': { description: 'Finds the request in the log. One that the caller sends is kept.', schema: { type: 'string' } },
  'RateLimit-Limit': { description: 'Requests a minute of this key.', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until all of them are there again.', schema: { type: 'integer' } },
  'Retry-After': { description: 'Seconds to wait before the next try.', schema: { type: 'integer' } },
  'WWW-Authenticate': { description: 'How to show a key (RFC 6750).', schema: { type: 'string' } },
};

/** The problem documents that operations share, and their headers. */
export function sharedAnswers(): Pick<Components, 'responses' | 'headers'> {
  return {
    responses: Object.fromEntries(SHARED.map((status) => [PROBLEM_MEANINGS[status].name, sharedAnswer(status)])),
    headers: HEADERS,
  };
}

function sharedAnswer(status: ProblemStatus): Answer {
  return {
    description: PROBLEM_MEANINGS[status].description,
    headers: {
      ...headers('X-Request-Id'),
      ...(RETRY_LATER.has(status) ? headers('Retry-After') : {}),
      ...(status === 429 ? headers('RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset') : {}),
      ...(status === 401 ? headers('WWW-Authenticate') : {}),
    },
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemDto) }, example: problemExample(status) } },
  };
}

function headers(...names: (keyof typeof HEADERS)[]): NonNullable<Answer['headers']> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Adds the answers that the operation has in common with others, and puts all of them in order. */
export function completeAnswers(operation: Operation, method: string, path: string): void {
  const access = (operation as { 'x-access'?: string })['x-access'] ?? 'admin';
  const common = [...EVERY, ...(REFUSALS[access] ?? []), ...(access === 'public' ? [] : WITH_KEY)];
  if (method !== 'get') common.push(...WITH_BODY);
  const answers: Operation['responses'] = { ...operation.responses };
  for (const status of SHARED) {
    const own = answers[status];
    if (own === undefined ? common.includes(status) : isPlain(status, own)) {
      answers[status] = { $ref: `#/components/responses/${PROBLEM_MEANINGS[status].name}` };
    }
  }
  const cached = answers[304] === undefined ? {} : headers('ETag', 'Last-Modified', 'X-Synced-At', 'X-Cache');
  for (const [status, answer] of Object.entries(answers)) {
    if (answer === undefined || '$ref' in answer) continue;
    // OpenAPI wants a description; Nest leaves an empty one where only the type is known.
    if (answer.description === '') answer.description = STATUS_CODES[status] ?? 'Answer';
    answer.headers = { ...headers('X-Request-Id'), ...(Number(status) < 400 ? cached : {}), ...answer.headers };
    for (const { example } of Object.values(answer.content ?? {})) tellPath(example, path);
  }
  operation.responses = answers;
}

/** Nothing of the operation's own in it: the shared answer says the same. */
function isPlain(status: ProblemStatus, answer: Answer | { $ref: string }): boolean {
  return !('$ref' in answer) && answer.description === PROBLEM_MEANINGS[status].description;
}

/** A problem document names the path that was asked for. */
function tellPath(example: unknown, path: string): void {
  if (typeof example !== 'object' || example === null || !('instance' in example)) return;
  Object.assign(example, { instance: path.replace('{job_id}', 'sync.7.x').replaceAll(/\{\w*\}/g, '7') });
}
