import { keyId, seal, unseal, UnsealError } from './key-sealer.js';

/** The keys that n8n keys are sealed with: the current one seals, the older ones still open what they sealed. */
export class KeyRing {
  private readonly byId: ReadonlyMap<string, Buffer>;

  constructor(
    private readonly current: Buffer,
    older: readonly Buffer[] = [],
  ) {
    this.byId = new Map([...older, current].map((key) => [keyId(key), key]));
  }

  seal(text: string): string {
    return seal(text, this.current);
  }

  /** @throws UnsealError when it was sealed with a key that is not here, or was changed */
  open(sealed: string): string {
    return unseal(sealed, this.byId.get(idOf(sealed)) ?? this.current);
  }

  isCurrent(sealed: string): boolean {
    return idOf(sealed) === keyId(this.current);
  }
}

/** The texts that cannot be opened, and why; the others are sealed with the current key. */
export interface Resealed {
  /** Sealed anew. */
  resealed: number;
  /** Were sealed with the current key already. */
  current: number;
  unreadable: { clientId: number; reason: string }[];
}

/** Why a sealed text cannot be opened; anything else that was thrown is thrown again. */
export function unsealReason(error: unknown): string {
  if (error instanceof UnsealError) return error.message;
  throw error;
}

function idOf(sealed: string): string {
  return sealed.split(':', 2)[1] ?? '';
}
