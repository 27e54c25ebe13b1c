import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { ForbiddenError, UnauthorizedError } from '../common/index.js';
import { callerOf, FailedAttempts } from '../rate-limit/index.js';
import { METRICS, PUBLIC, ROLES } from './auth.decorators.js';
import { AuthenticationService } from './authentication.service.js';
import { type Principal, type Role } from './principal.js';

/** Lets a request in when its key is good and its role suffices; puts the principal on the request. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: AuthenticationService,
    private readonly attempts: FailedAttempts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const scraping = this.reflector.getAllAndOverride<boolean | undefined>(METRICS, places) === true;
    const principal = await this.principalOf(request, scraping);
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, places);
    if (roles !== undefined && !roles.includes(principal.role)) {
      throw new ForbiddenError(
        'forbidden_role',
        `This needs a key with role ${roles.join(' or ')}; the key's role is ${principal.role}.`,
      );
    }
    request.principal = principal;
    return true;
  }

  /** A bad key counts against the address that it comes from. */
  private async principalOf(request: FastifyRequest, scraping: boolean): Promise<Principal> {
    const caller = callerOf(request);
    const { presented } = caller;
    this.attempts.refuseStopped(caller);
    try {
      const reader = scraping ? this.authentication.metricsReader(presented) : null;
      const principal = reader ?? (await this.authentication.authenticate(presented));
      this.attempts.succeeded(caller);
      return principal;
    } catch (error) {
      if (presented !== null && error instanceof UnauthorizedError) await this.attempts.failed(caller);
      throw error;
    }
  }
}
