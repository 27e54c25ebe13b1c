export { type ApiKey, ApiKeysService, type NewApiKey } from './api-keys.service.js';
export { type AuditEvent, AuditService } from './audit.service.js';
export {
  Access,
  type AccessRule,
  ApiKeyRequired,
  CurrentPrincipal,
  OpenToMetricsToken,
  Public,
  Roles,
} from './auth.decorators.js';
export { AuthModule } from './auth.module.js';
export { AuthenticationService } from './authentication.service.js';
export { assertClientVisible, assertSeesAllClients, boundClientId, type Principal, type Role } from './principal.js';
