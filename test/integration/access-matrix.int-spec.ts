import { ApiKeysService, type AccessRule } from '../../src/auth/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { openStage, type Stage } from '../fuzz/stage.js';
import { type Operation, operationsOf, readOpenApi, resolveSchema, type Schema } from '../support/openapi.js';

type Caller =
  | 'no key'
  | 'a wrong key'
  | 'an expired key'
  | 'a revoked key'
  | 'a viewer of this client'
  | 'a viewer of another client'
  | 'a viewer of all clients'
  | 'an admin';

/** `code` of the refusal, or that the operation answers as it does when all is well. */
type Outcome =
  | 'allowed'
  | 'missing_key'
  | 'invalid_key'
  | 'expired_key'
  | 'revoked_key'
  | 'forbidden_role'
  | 'client_not_found'
  | 'no_client_bound';

const STATUS: Record<Exclude<Outcome, 'allowed'>, number> = {
  missing_key: 401,
  invalid_key: 401,
  expired_key: 401,
  revoked_key: 401,
  forbidden_role: 403,
  client_not_found: 404,
  no_client_bound: 400,
};

const withoutGoodKey = {
  'no key': 'missing_key',
  'a wrong key': 'invalid_key',
  'an expired key': 'expired_key',
  'a revoked key': 'revoked_key',
} as const;

/** What each caller gets, by the rule that the operation declares (`x-access`). */
const EXPECTED: Record<AccessRule, Record<Caller, Outcome>> = {
  public: {
    'no key': 'allowed',
    'a wrong key': 'allowed',
    'an expired key': 'allowed',
    'a revoked key': 'allowed',
    'a viewer of this client': 'allowed',
    'a viewer of another client': 'allowed',
    'a viewer of all clients': 'allowed',
    'an admin': 'allowed',
  },
  client: {
    ...withoutGoodKey,
    'a viewer of this client': 'allowed',
    'a viewer of another client': 'client_not_found',
    'a viewer of all clients': 'allowed',
    'an admin': 'allowed',
  },
  'own-client': {
    ...withoutGoodKey,
    'a viewer of this client': 'allowed',
    'a viewer of another client': 'allowed',
    'a viewer of all clients': 'no_client_bound',
    'an admin': 'no_client_bound',
  },
  'all-clients': {
    ...withoutGoodKey,
    'a viewer of this client': 'forbidden_role',
    'a viewer of another client': 'forbidden_role',
    'a viewer of all clients': 'allowed',
    'an admin': 'allowed',
  },
  admin: {
    ...withoutGoodKey,
    'a viewer of this client': 'forbidden_role',
    'a viewer of another client': 'forbidden_role',
    'a viewer of all clients': 'forbidden_role',
    'an admin': 'allowed',
  },
};

/** Operations that a viewer may never call, whatever the document says: whoever loosens a rule has to do it here as well. */
const CHANGES = /^\/api\/v1\/(clients|admin|metrics\/admin)(\/|$)/;

/** Of one level in the tree that Fastify prints. */
const INDENT = 4;

const document = readOpenApi();
const operations = operationsOf(document);

let stage: Stage;
let keys: Record<Caller, string | null>;

beforeAll(async () => {
  stage = await openStage();
  const service = stage.service.app.get(ApiKeysService, { strict: false });
  const [id = 0] = stage.known.id as number[];
  const other = await stage.service.app
    .get(ClientsService, { strict: false })
    .create({ name: 'Another', n8nBaseUrl: 'http://127.0.0.1:1', n8nApiKey: 'key', enabled: false });
  const viewer = async (clientId: number | null): Promise<{ key: string; id: number }> => {
    const { key, apiKey } = await service.create({ name: 'matrix', role: 'viewer', clientId, expiresAt: null });
    return { key, id: apiKey.id };
  };
  const [expired, revoked] = [await viewer(null), await viewer(null)];
  await stage.service.database.dataSource.query("UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1", [
    expired.id,
  ]);
  await service.revoke(revoked.id);
  keys = {
    'no key': null,
    'a wrong key': 'fm_aaaaaaaa_this-key-was-never-made',
    'an expired key': expired.key,
    'a revoked key': revoked.key,
    'a viewer of this client': (await viewer(id)).key,
    'a viewer of another client': (await viewer(other.id)).key,
    'a viewer of all clients': (await viewer(null)).key,
    'an admin': stage.adminKey,
  };
});

afterAll(async () => {
  await stage.close();
});

let calls = 0;

/** Values that make the operation succeed: those of the stage, else the examples of the document. */
function valueOf(name: string, written: Schema): unknown {
  calls += 1;
  if (name === 'name') return `Matrix ${calls}`;
  if (name === 'verify') return false;
  if (name === 'start_date' || name === 'end_date') return new Date().toISOString().slice(0, 10);
  const known = stage.known[name]?.[0];
  if (known !== undefined) return known;
  const schema = resolveSchema(document, written);
  if (schema.properties === undefined) return schema.example ?? schema.default ?? schema.enum?.[0];
  return Object.fromEntries((schema.required ?? []).map((field) => [field, valueOf(field, schema.properties?.[field] ?? {})]));
}

async function call(operation: Operation, key: string | null): Promise<{ status: number; code: string | undefined }> {
  const removable = operation.method === 'delete' ? stage.removable[operation.path]?.[0] : undefined;
  const parameters = operation.parameters.map(({ in: place, name, required, schema }) => {
    const value = String(place === 'path' && removable !== undefined ? removable : valueOf(name, schema));
    return { place, name, value, isSent: required === true || name === 'verify' };
  });
  const path = parameters.reduce((url, { name, value }) => url.replace(`{${name}}`, encodeURIComponent(value)), operation.path);
  const query = parameters
    .filter(({ place, isSent }) => place === 'query' && isSent)
    .map(({ name, value }) => `${name}=${value}`);
  const answer = await stage.service.app.inject({
    method: operation.method.toUpperCase() as 'GET',
    url: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    ...(operation.isBodyRequired && operation.body !== null ? { payload: valueOf('', operation.body) as object } : {}),
  });
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  return { status: answer.statusCode, code: isProblem ? answer.json<{ code: string }>().code : undefined };
}

describe('the access matrix', () => {
  it('has a rule for every operation, and lets nobody but admins change anything', () => {
    expect(operations.length).toBeGreaterThan(35);
    expect(
      operations.filter(({ access }) => access === undefined || !(access in EXPECTED)).map(({ operationId }) => operationId),
    ).toEqual([]);
    const loose = operations.filter(({ method, path, access }) => access !== 'admin' && (method !== 'get' || CHANGES.test(path)));
    expect(loose.map(({ operationId }) => operationId)).toEqual(['getTimeSaved']);
    const open = operations.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open.filter((path) => !path.startsWith('/health'))).toEqual([]);
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', async (_, operation) => {
    const expected = EXPECTED[operation.access as AccessRule];
    const success = Number(Object.keys(operation.responses).find((status) => status.startsWith('2')));
    const answers: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    // Admins last: what they remove is gone.
    for (const [caller, outcome] of Object.entries(expected) as [Caller, Outcome][]) {
      const answer = await call(operation, keys[caller]);
      // Let in, but what is stored does not allow it, as with a job that did not fail.
      const isConflict = outcome === 'allowed' && answer.status === 409 && operation.responses[409] !== undefined;
      answers[caller] = isConflict ? { status: success, code: undefined } : answer;
      wanted[caller] = outcome === 'allowed' ? { status: success, code: undefined } : { status: STATUS[outcome], code: outcome };
    }
    expect(answers).toEqual(wanted);
  });

  it('the documentation needs no key, and a route that is nowhere written down does not exist', async () => {
    for (const url of ['/docs', '/docs-json']) expect((await stage.service.app.inject({ url })).statusCode).toBe(200);
    expect(undocumentedRoutes()).toEqual([]);
  });
});

/** Routes of the application that are neither in the document nor those of the documentation itself. */
function undocumentedRoutes(): string[] {
  const tree = stage.service.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const known = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const above: string[] = [];
  const routes = tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([^\w/:*]*)(\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    above.splice(indent.length / INDENT - 1);
    above.push(part);
    const path = above.join('').replaceAll(/:(\w+)/g, '{$1}');
    return methods.split(', ').map((method) => `${method} ${path}`);
  });
  expect(routes.filter((route) => known.includes(route)).length).toBe(known.length);
  return routes.filter((route) => !known.includes(route) && !/^(HEAD|OPTIONS|) |^GET \/docs/.test(route));
}
