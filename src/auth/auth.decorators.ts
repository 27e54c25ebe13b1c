import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
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
export const METRICS = 'auth:metrics';

/**
 * Who may call an operation: anybody; viewers that may see the client in its path; viewers that are bound to a client (`my-...`);
 * viewers of all clients; or nobody but admins. Admins may call all of them but `own-client`.
 */
export type AccessRule = 'public' | 'client' | 'own-client' | 'all-clients' | 'admin';

/** Documents who may call an operation, as `x-access`; a test holds every operation to it. The controller sees to it. */
export const Access = (rule: AccessRule): ClassDecorator & MethodDecorator => ApiExtension('x-access', rule);

/** Needs no key. */
export const Public = (): ClassDecorator & MethodDecorator => applyDecorators(SetMetadata(PUBLIC, true), Access('public'));

/** Only admins. Without it any valid key will do, and {@link Access} says what the operation asks of it. */
export const Roles = (...roles: Role[]): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ROLES, roles), ...(roles.includes('viewer') ? [] : [Access('admin')]));

/** The token of the configuration (`METRICS_TOKEN`) opens this operation too. */
export const OpenToMetricsToken = (): ClassDecorator & MethodDecorator => SetMetadata(METRICS, true);

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
