import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { ForbiddenError } from '../common/index.js';
import { METRICS, PUBLIC, ROLES } from './auth.decorators.js';
import { AuthenticationService, presentedKey } from './authentication.service.js';
import { type Role } from './principal.js';

/** Lets a request in when its key is good and its role suffices; puts the principal on the request. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: AuthenticationService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const presented = presentedKey(request.headers);
    const scraping = this.reflector.getAllAndOverride<boolean | undefined>(METRICS, places) === true;
    const principal =
      (scraping ? this.authentication.metricsReader(presented) : null) ?? (await this.authentication.authenticate(presented));
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
}
