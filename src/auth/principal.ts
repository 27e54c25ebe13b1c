import { ForbiddenError, InvalidInputError, NotFoundError } from '../common/index.js';

export type Role = 'admin' | 'viewer';

/** Who is asking. */
export interface Principal {
  /** `null`: a key of the configuration (`ADMIN_API_KEY`, `METRICS_TOKEN`). */
  keyId: number | null;
  /** Name for audit events: `bootstrap`, `metrics`, or `key:<prefix> <name>`. */
  actor: string;
  role: Role;
  /** The one client a viewer may see; `null`: all. */
  clientId: number | null;
}

/**
 * Another client's resources do not exist for a key that is bound to one client.
 * @throws NotFoundError `client_not_found`, the same as for a client that is not there
 */
export function assertClientVisible(principal: Principal, clientId: number): void {
  if (principal.clientId !== null && principal.clientId !== clientId) throw clientNotFound(clientId);
}

/**
 * For answers about all clients at once.
 * @throws ForbiddenError `forbidden_role` when the key is bound to one client
 */
export function assertSeesAllClients(principal: Principal): void {
  if (principal.clientId === null) return;
  throw new ForbiddenError(
    'forbidden_role',
    'This key is bound to one client; this needs an admin key or a viewer of all clients.',
  );
}

/**
 * The client that the `my-...` operations are about.
 * @throws InvalidInputError `no_client_bound`
 */
export function boundClientId(principal: Principal): number {
  if (principal.clientId !== null) return principal.clientId;
  throw new InvalidInputError('no_client_bound', 'This key is bound to no client. Use the operation that takes a client id.');
}

function clientNotFound(clientId: number): NotFoundError {
  return new NotFoundError('client_not_found', `There is no client ${clientId}.`);
}
