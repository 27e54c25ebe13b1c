import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: unknown;
  example?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Answer {
  $ref?: string;
  description: string;
  content?: Record<string, { schema: Schema; example?: unknown }>;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  /** Who may call it (`x-access`). */
  access: string | undefined;
  parameters: Parameter[];
  body: Schema | null;
  /** It has to have a body. */
  isBodyRequired: boolean;
  responses: Record<string, Answer>;
}

type Written = Pick<Operation, 'operationId' | 'responses'> & {
  parameters?: Parameter[];
  'x-access'?: string;
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
};

export interface OpenApiDocument {
  openapi: string;
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Written>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer> };
}

/** The document in docs/openapi.json, which a test holds to the code. */
export function readOpenApi(): OpenApiDocument {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')) as OpenApiDocument;
}

/** Every operation, those that only read first and those that remove last. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const order = ['get', 'post', 'put', 'patch', 'delete'];
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, written]) => ({
      method,
      path,
      operationId: written.operationId,
      access: written['x-access'],
      parameters: written.parameters ?? [],
      body: written.requestBody?.content['application/json']?.schema ?? null,
      isBodyRequired: written.requestBody?.required ?? false,
      responses: written.responses,
    })),
  );
  return operations.sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
}

/** The schema itself where `schema` only names it. */
export function resolveSchema(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (named === undefined) throw new Error(`there is no schema ${schema.$ref}`);
  return resolveSchema(document, named);
}
