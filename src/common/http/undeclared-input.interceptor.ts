import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { type FastifyRequest } from 'fastify';
import { type Observable } from 'rxjs';
import { type FieldError } from '../errors.js';
import { invalidFields } from './validation.pipe.js';

interface RouteArgument {
  data?: unknown;
}

/**
 * Refuses query parameters and body fields at operations that declare none: no DTO looks at them, so the validation pipe
 * cannot, and a misspelt parameter would be ignored in silence.
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
    return next.handle();
  }
}

function undeclared(route: Record<string, RouteArgument>, kind: RouteParamtypes, input: unknown, message: string): FieldError[] {
  if (typeof input !== 'object' || input === null) return [];
  const names = Object.entries(route)
    .filter(([key]) => key.startsWith(`${kind}:`))
    .map(([, argument]) => argument.data);
  // An argument without a name takes the whole input: its DTO decides.
  if (names.some((name) => typeof name !== 'string')) return [];
  return Object.keys(input)
    .filter((name) => !names.includes(name))
    .map((field) => ({ field, message }));
}
