import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RateLimitModule } from '../rate-limit/index.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditEventEntity } from './audit-event.entity.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { AuthenticationService } from './authentication.service.js';

/** API keys, roles and audit events. Its guard stands before every operation that is not public. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ApiKeyEntity, AuditEventEntity]), RateLimitModule],
  providers: [
    ApiKeysRepository,
    AuditRepository,
    ApiKeysService,
    AuditService,
    AuthenticationService,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
  ],
  exports: [ApiKeysService, AuditService, AuthenticationService],
})
export class AuthModule {}
