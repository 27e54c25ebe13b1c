import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';

interface Parameter {
  name: string;
  required?: boolean;
  example?: unknown;
  schema: { type?: string | string[]; items?: { type?: string }; enum?: unknown[]; example?: unknown };
}

interface Answer {
  $ref?: string;
  description: string;
  content?: Record<string, { schema: object; example?: { status: number; title: string; code: string; instance: string } }>;
}

interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  responses: Record<string, Answer>;
}

interface OpenApi {
  openapi: string;
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Answer> };
}

const root = join(import.meta.dirname, '../..');

const SCALARS = ['string', 'integer', 'number', 'boolean'];

/** The document of the built service: the build adds what the sources' comments say. */
describe('the OpenAPI document', () => {
  let dataDir: string;
  let database: TestDatabase;
  let service: ServiceProcess;
  let document: OpenApi;
  let operations: Operation[];
  let parameters: { of: string; parameter: Parameter }[];

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-openapi-'));
    database = await createTestDatabase();
    service = await startServiceProcess(dataDir, {
      DATABASE_URL: database.url,
      ROLE: 'api',
      ADMIN_API_KEY: 'a'.repeat(40),
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    document = (await (await fetch(`${service.url}/docs-json`)).json()) as OpenApi;
    operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    parameters = operations.flatMap((operation) =>
      (operation.parameters ?? []).map((parameter) => ({ of: `${operation.operationId} ${parameter.name}`, parameter })),
    );
  });

  afterAll(async () => {
    await (service as ServiceProcess | undefined)?.end('SIGTERM');
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is the one in docs/openapi.json, and the types of the client come from it', () => {
    expect(JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'))).toEqual(document);
    const check = spawnSync(process.execPath, ['dist/scripts/openapi.js', '--check'], { cwd: root, encoding: 'utf8' });
    expect(check).toMatchObject({ status: 0, stderr: '' });
  });

  it('describes every operation under a name of its own', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations.length).toBeGreaterThan(35);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-zA-Z0-9]+$/.test(id))).toEqual([]);
    const told = new Set(document.tags.filter(({ description }) => description !== '').map(({ name }) => name));
    const poor = operations.filter(
      ({ summary, description, tags }) =>
        (summary ?? '') === '' || (description ?? '') === '' || !tags?.every((tag) => told.has(tag)),
    );
    expect(poor.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('shows for every problem an example with its own status and code, and a schema for every other body', () => {
    const shared = Object.values(document.components.responses);
    const codes = new Map<number, Set<string>>();
    for (const { operationId, responses } of operations) {
      for (const [status, answer] of Object.entries(responses)) {
        const resolved = answer.$ref === undefined ? answer : document.components.responses[answer.$ref.split('/').at(-1) ?? ''];
        expect(resolved?.description).toMatch(/\w/);
        const example = resolved?.content?.['application/problem+json']?.example;
        if (Number(status) >= 400 && !/^get(Health|Readiness|Startup)$/.test(operationId)) {
          expect({ operationId, status: example?.status }).toEqual({ operationId, status: Number(status) });
          codes.set(Number(status), (codes.get(Number(status)) ?? new Set()).add(example?.code ?? ''));
        } else if (status !== '304') {
          const schemas = Object.values(resolved?.content ?? {}).map(({ schema }) => Object.keys(schema).length);
          expect({ operationId, described: schemas.length > 0 && schemas.every((keys) => keys > 0) }).toEqual({
            operationId,
            described: true,
          });
        }
      }
    }
    expect(shared.length).toBe(10);
    expect(codes.get(400)).toEqual(new Set(['invalid_request']));
    expect(codes.get(404)).toContain('job_not_found');
    const all = [...codes.values()].flatMap((set) => [...set]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('has parameters that a form can ask for: texts, numbers, choices and lists of them', () => {
    expect(parameters.length).toBeGreaterThan(30);
    const others = parameters.filter(({ parameter: { schema } }) => {
      const types = [schema.type ?? []].flat().filter((type) => type !== 'array' && type !== 'null');
      return types.length === 0 ? schema.items?.type === undefined : !types.every((type) => SCALARS.includes(type));
    });
    expect(others.map(({ of }) => of)).toEqual([]);
  });

  it('has no examples where a parameter may be left out: Swagger UI would send them', () => {
    const sent = parameters.filter(
      ({ parameter: { required, example, schema } }) => required !== true && (example ?? schema.example) !== undefined,
    );
    expect(sent.map(({ of }) => of)).toEqual([]);
    expect(
      parameters
        .filter(
          ({ parameter }) =>
            parameter.required === true && parameter.schema.example === undefined && parameter.example === undefined,
        )
        .map(({ of }) => of),
    ).toEqual([]);
  });
});
