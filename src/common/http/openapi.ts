import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { SERVICE_VERSION } from './service-version.js';

const DESCRIPTION = `Long-term metrics for n8n. n8n forgets its executions after days; this service copies workflows and executions
from many n8n instances ("clients"), decides which executions are production, keeps exact daily, weekly and monthly figures for
two years, and serves them here.

**Authorize** with an API key: \`Authorization: Bearer <key>\` or \`X-API-Key: <key>\`. Role \`admin\` may do everything; \`viewer\`
reads, and may be bound to one client, whose neighbours then answer 404.

**Conventions.** Times are ISO 8601, dates \`YYYY-MM-DD\` in the client's time zone, durations are in the unit that the name ends
in. An absent figure is \`null\`, never 0. Lists page by an opaque \`cursor\` and \`limit\`. Unknown query parameters and body
fields are refused. Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\` and the request id, which is also in
\`X-Request-Id\`.`;

const TAGS = {
  Metrics: 'Figures of one client or all.',
  'My metrics': 'The same for the client that the key is bound to.',
  Clients: 'The n8n instances that are collected.',
  'Filter rules': 'Which executions count as production.',
  'Time saved': 'The minutes that a success of a workflow saves.',
  Administration: 'Synchronisation, aggregation, retention, cache and jobs.',
  'API keys': 'Who may use this API.',
  Health: 'Probes.',
};

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
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

/** The OpenAPI 3.1 document of every operation. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('FlowMastery Metrics API')
    .setVersion(SERVICE_VERSION)
    .setDescription(DESCRIPTION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'API key', description: 'An API key, `fm_...`.' }, 'bearer')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key in a header of its own.' },
      'api_key',
    )
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('api_key');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const [path, item] of Object.entries(document.paths)) {
    // Probes need no key: an empty list lifts the requirement of the document.
    if (path.startsWith('/health') && item.get !== undefined) item.get.security = [];
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      describeAnswers(operation?.responses ?? {});
      for (const parameter of operation?.parameters ?? []) if (!('$ref' in parameter)) sayExample(parameter);
    }
  }
  return document;
}

/** OpenAPI wants a description of every answer; Nest leaves an empty one where only the type is known. */
function describeAnswers(responses: object): void {
  for (const [status, response] of Object.entries(responses) as [string, { description?: string }][]) {
    if (response.description === '') response.description = STATUS_CODES[status] ?? 'Answer';
  }
}

/** Swagger UI fills examples in, and a filter that nobody asked for finds nothing: what may be left out only tells its example. */
function sayExample(parameter: Parameter): void {
  const { schema } = parameter;
  if (parameter.required === true || schema === undefined || '$ref' in schema) return;
  const example: unknown = parameter.example ?? schema.example;
  delete parameter.example;
  delete schema.example;
  if (example === undefined || schema.default !== undefined) return;
  const text = typeof example === 'string' ? example : JSON.stringify(example);
  parameter.description = [parameter.description, `Example: \`${text}\``].filter(Boolean).join(' ');
}
