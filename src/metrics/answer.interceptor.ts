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
import { AnswerShortcuts } from './answer-shortcuts.js';
import { prefersCsv } from './csv.js';
import { headOf, writeAnswer } from './write-answer.js';

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

/** Hands an answer to the interceptor. Typed as its body, because the documentation is made from what a handler returns. */
export function serve<T>(answer: Answer<T>): T {
  return answer as unknown as T;
}

/** Sends answers: JSON, or CSV where that is asked for and offered; 304 when the caller has it. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer<unknown>, Buffer | undefined> {
  constructor(
    private readonly reflector: Reflector,
    private readonly shortcuts: AnswerShortcuts,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer<unknown>>): Observable<Buffer | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const field = this.reflector.get<string | undefined>(CSV_ROWS, context.getHandler());
    return next.handle().pipe(
      map(({ content, meta, place }) => {
        const csv = field !== undefined && prefersCsv(request.headers.accept) ? field : null;
        if (place !== null) this.shortcuts.remember(request, place, csv);
        const document = csv === null ? content.json() : content.csv(csv);
        return writeAnswer(request, reply, document, headOf(document, meta, csv === null ? 'json' : 'csv'));
      }),
    );
  }
}
