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
import { type Answer } from './answer.js';
import { type Content } from './content.js';
import { prefersCsv } from './csv.js';
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

/**
 * Writes what the headers say of an answer. Typed as the body, which the documentation is made from; what the interceptor
 * gets is the content, whose bytes may be there already.
 */
export function serve<T>({ content, meta }: Answer<T>, reply: FastifyReply): T {
  void reply.header('X-Cache', meta.cache);
  if (meta.syncedAt !== null) void reply.header('X-Synced-At', meta.syncedAt.toISOString());
  if (meta.dataAt !== null) void reply.header('Last-Modified', meta.dataAt.toUTCString());
  return content as unknown as T;
}

/** Sends the bytes of a content: JSON, or CSV where that is asked for and offered; 304 when the caller has them. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Content<unknown>, Buffer | undefined> {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<Content<unknown>>): Observable<Buffer | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const field = this.reflector.get<string | undefined>(CSV_ROWS, context.getHandler());
    return next.handle().pipe(
      map((content) => {
        const csv = field !== undefined && prefersCsv(request.headers.accept);
        const { bytes, facts } = csv ? content.csv(field) : content.json();
        const etag = facts.etag ?? etagOf(bytes);
        void reply.headers({
          etag,
          'cache-control': 'private, no-cache',
          vary: 'Accept, Authorization, X-API-Key',
          ...(facts.next_cursor != null && { 'x-next-cursor': facts.next_cursor }),
        });
        if (matchesEtag(request.headers['if-none-match'], etag)) {
          void reply.status(304);
          return undefined;
        }
        void reply.type(csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
        return bytes;
      }),
    );
  }
}
