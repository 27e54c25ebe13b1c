import { ClientGoneError } from '../../collector/index.js';
import { NotFoundError } from '../../common/index.js';

/** True when the client was deleted while its job was waiting or under way: nothing is left to do. */
export function isClientGone(error: unknown): boolean {
  if (error instanceof NotFoundError) return error.code === 'client_not_found';
  return error instanceof ClientGoneError;
}
