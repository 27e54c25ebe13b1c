import { mkdtempSync, rmSync } from 'node:fs';
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

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string; parameters?: Parameter[] }>>;
}

const SCALARS = ['string', 'integer', 'number', 'boolean'];

/** The document of the built service: the build adds what the sources' comments say. */
describe('the OpenAPI document', () => {
  let dataDir: string;
  let database: TestDatabase;
  let service: ServiceProcess;
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
    const document = (await (await fetch(`${service.url}/docs-json`)).json()) as OpenApi;
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    parameters = operations.flatMap((operation) =>
      (operation.parameters ?? []).map((parameter) => ({ of: `${operation.operationId} ${parameter.name}`, parameter })),
    );
  });

  afterAll(async () => {
    await (service as ServiceProcess | undefined)?.end('SIGTERM');
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
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
