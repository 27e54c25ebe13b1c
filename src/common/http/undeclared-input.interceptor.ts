import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { type FastifyRequest } from 'fastify';
import { type Observable } from 'rxjs';
import { type FieldError, InvalidInputError } from '../errors.js';
import { invalidFields } from './validation.pipe.js';

interface RouteArgument {
  data?: unknown;
}

/**
 * Refuses what no DTO looks at and the validation pipe therefore cannot refuse: query parameters and bodies of operations that
 * declare none, bodies that are missing or `null`, and names that every object inherits (`constructor`, `__proto__`), which the
 * pipe takes for known ones. A misspelt parameter would be ignored in silence.
 */
@Injectable()
export class UndeclaredInputInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ?? {}) as Record<
      string,
      RouteArgument
    >;
    const unknown = [
      ...undeclared(route, RouteParamtypes.QUERY, request.query, 'is not a known query parameter'),
      ...undeclared(route, RouteParamtypes.BODY, request.body, 'is not a known field'),
    ];
    if (unknown.length > 0) throw invalidFields(unknown);
    refuseBody(request, takesBody(route));
    return next.handle();
  }
}

/** The pipe takes no body and `null` for an empty object. */
function refuseBody({ body, method }: FastifyRequest, isTaken: boolean): void {
  if (!isTaken && !isEmpty(body)) throw invalidBody('This operation takes no body. Leave it out.');
  const isNeeded = method === 'PUT' || method === 'PATCH';
  if (isTaken && (body === null || (isNeeded && body === undefined))) throw invalidBody('The body must be a JSON object.');
}

function invalidBody(message: string): InvalidInputError {
  return new InvalidInputError('invalid_request', message);
}

function takesBody(route: Record<string, RouteArgument>): boolean {
  return Object.keys(route).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

function isEmpty(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body === undefined;
  return Object.keys(body).length === 0;
}

function undeclared(route: Record<string, RouteArgument>, kind: RouteParamtypes, input: unknown, message: string): FieldError[] {
  if (typeof input !== 'object' || input === null) return [];
  const names = Object.entries(route)
    .filter(([key]) => key.startsWith(`${kind}:`))
    .map(([, argument]) => argument.data);
  // An argument without a name takes the whole input: its DTO decides.
  const isDecidedElsewhere = names.some((name) => typeof name !== 'string');
  return Object.keys(input)
    .filter((name) => (isDecidedElsewhere ? name in Object.prototype : !names.includes(name)))
    .map((field) => ({ field, message }));
}
