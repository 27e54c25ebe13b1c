import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  type Type,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtraModels, ApiNotModifiedResponse, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { type Answer } from './answers.service.js';
import { prefersCsv, toCsv } from './csv.js';
import { etagOf, matchesEtag } from './etag.js';

const CSV_ROWS = 'metrics:csv-rows';

/** The operation also answers as `text/csv`: the rows of this field of its body, which is documented as `body`. */
export const CsvRows = (field: string, body: Type): MethodDecorator =>
  applyDecorators(
    SetMetadata(CSV_ROWS, field),
    ApiExtraModels(body),
    ApiOkResponse({
      content: {
        'application/json': { schema: { $ref: getSchemaPath(body) } },
        'text/csv': { schema: { type: 'string', description: `The rows of \`${field}\`; a next page is in X-Next-Cursor.` } },
      },
    }),
  );

/** What every answer here has in common, for the documentation. */
export const ApiAnswers = (): ClassDecorator =>
  applyDecorators(ApiNotModifiedResponse({ description: 'The answer is still the one with the tag in If-None-Match.' }));

/** Writes what the headers say of an answer and gives its body. */
export function serve<T>(answer: Answer<T>, reply: FastifyReply): T {
  void reply.header('X-Cache', answer.cache);
  if (answer.syncedAt !== null) void reply.header('X-Synced-At', answer.syncedAt.toISOString());
  if (answer.dataAt !== null) void reply.header('Last-Modified', answer.dataAt.toUTCString());
  return answer.body;
}

/** Turns a body into text, once, for its tag and for the wire: JSON, or CSV where that is asked for and offered; 304 when the caller has it. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<string | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const field = this.reflector.get<string | undefined>(CSV_ROWS, context.getHandler());
    return next.handle().pipe(
      map((body) => {
        const csv = field !== undefined && prefersCsv(request.headers.accept);
        const text = csv ? csvOf(body, field, reply) : JSON.stringify(body);
        const etag = etagOf(text);
        void reply
          .header('ETag', etag)
          .header('Cache-Control', 'private, no-cache')
          .header('Vary', 'Accept, Authorization, X-API-Key');
        if (matchesEtag(request.headers['if-none-match'], etag)) {
          void reply.status(304);
          return undefined;
        }
        void reply.type(csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
        return text;
      }),
    );
  }
}

function csvOf(body: object, field: string, reply: FastifyReply): string {
  const members = new Map<string, unknown>(Object.entries(body));
  const next = members.get('next_cursor');
  // A table has no place for it.
  if (typeof next === 'string') void reply.header('X-Next-Cursor', next);
  const rows = members.get(field);
  return toCsv(Array.isArray(rows) ? rows.filter((row): row is object => typeof row === 'object' && row !== null) : []);
}
