import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { UnauthorizedError } from '../common/index.js';
import { type Principal, type Role } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the key guard; absent at public operations. */
    principal?: Principal;
  }
}

export const PUBLIC = 'auth:public';
export const ROLES = 'auth:roles';

/** Needs no key. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** Only keys with one of these roles. Without it any valid key will do. */
export const Roles = (...roles: Role[]): ClassDecorator & MethodDecorator => SetMetadata(ROLES, roles);

/** Documents that a key is needed: names of the schemes in the OpenAPI document. */
export const ApiKeyRequired = (): ClassDecorator & MethodDecorator =>
  applyDecorators(ApiBearerAuth('bearer'), ApiSecurity('api_key'));

/** Parameter decorator: the {@link Principal} of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  // Only at an operation that is public, which then has no business asking.
  if (principal === undefined) throw new UnauthorizedError('missing_key', 'An API key is needed.');
  return principal;
});
