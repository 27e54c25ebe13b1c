import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SERVICE_VERSION } from '../http/index.js';
import { completeAnswers, type Operation, sharedAnswers } from './operation-answers.js';
import { refineSchema } from './schema-types.js';

const DESCRIPTION = `Long-term metrics for n8n. n8n forgets its executions after days; this service copies workflows and executions
from many n8n instances ("clients"), decides which executions are production, keeps exact daily, weekly and monthly figures for
two years, and serves them here.

**Authorize** with an API key: \`Authorization: Bearer <key>\` or \`X-API-Key: <key>\`. Role \`admin\` may do everything; \`viewer\`
reads, and may be bound to one client, whose neighbours then answer 404. \`x-access\` of an operation says who may call it:
\`public\` (no key), \`client\` (admins, and viewers that may see the client), \`own-client\` (viewers that are bound to a client),
\`all-clients\` (admins, and viewers of all clients) or \`admin\`.

**Conventions.** Times are ISO 8601, dates \`YYYY-MM-DD\` in the client's time zone, durations are in the unit that the name ends
in. An absent figure is \`null\`, never 0. Lists page by an opaque \`cursor\` and \`limit\`. Unknown query parameters and body
fields are refused. Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\` and the request id, which is also in
\`X-Request-Id\`. Requests of a key are limited by the minute: \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds) come with
every answer, and 429 has \`Retry-After\`.`;

const TAGS = {
  Metrics: 'Figures of one client or all.',
  'My metrics': 'The same for the client that the key is bound to.',
  Clients: 'The n8n instances that are collected.',
  'Filter rules': 'Which executions count as production.',
  'Time saved': 'The minutes that a success of a workflow saves.',
  Administration: 'Synchronisation, aggregation, retention, cache and jobs.',
  'API keys': 'Who may use this API.',
  Health: 'Probes, and figures for Prometheus.',
};

type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;

/** Serves the OpenAPI document at `/docs-json` and Swagger UI at `/docs`. The document is built when first asked for. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: 'FlowMastery Metrics API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, docExpansion: 'none', filter: true },
  });
}

/** The OpenAPI 3.1 document of every operation. The app needs its routes, not its providers: Nest's preview mode will do. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('FlowMastery Metrics API')
    .setVersion(SERVICE_VERSION)
    .setDescription(DESCRIPTION)
    .setContact('FlowMastery', '', '')
    .setLicense('UNLICENSED', '')
    .addServer('/', 'The service that this document comes from.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'API key', description: 'An API key, `fm_...`.' }, 'bearer')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key in a header of its own.' },
      'api_key',
    )
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('api_key');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationId });
  document.info.contact = { name: 'FlowMastery' };
  document.info.license = { name: 'UNLICENSED' };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (operation !== undefined) complete(operation, method, path);
    }
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (!('$ref' in schema)) refineSchema(name, schema);
  }
  document.components = { ...document.components, ...sharedAnswers() };
  return document;
}

/** `clientsList` for `ClientsController.list`: for operations that do not name themselves. */
function operationId(controller: string, method: string): string {
  const resource = controller.replace(/Controller$/, '');
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

function complete(operation: Operation, method: string, path: string): void {
  // An empty list lifts the requirement of the document.
  if ((operation as { 'x-access'?: string })['x-access'] === 'public') operation.security = [];
  completeAnswers(operation, method, path);
  for (const parameter of operation.parameters ?? []) if (!('$ref' in parameter)) completeParameter(parameter);
}

/** Swagger UI fills examples in, and a filter that nobody asked for finds nothing: what may be left out only tells its example. */
function completeParameter(parameter: Parameter): void {
  const { schema } = parameter;
  if (schema === undefined || '$ref' in schema) return;
  const example: unknown = parameter.example ?? schema.example;
  refineSchema(parameter.name, Object.assign(schema, example === undefined ? {} : { example }));
  if (parameter.required === true) return;
  delete parameter.example;
  delete schema.example;
  if (example === undefined || schema.default !== undefined) return;
  const text = typeof example === 'string' ? example : JSON.stringify(example);
  parameter.description = [parameter.description, `Example: \`${text}\``].filter(Boolean).join(' ');
}
