import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text cannot be opened with the key at hand, or was changed. */
export class UnsealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsealError';
  }
}

/** Encrypts `text` to `v1:<key id>:<iv>:<tag>:<data>` (base64url). The same text seals differently each time. */
export function seal(text: string, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [VERSION, keyId(key), ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join(':');
}

/**
 * Opens what `seal` made with the same key.
 * @throws UnsealError when it was sealed with another key or was changed
 */
export function unseal(sealed: string, key: Buffer): string {
  const [version, id, iv, tag, data, ...rest] = sealed.split(':');
  if (version !== VERSION || iv === undefined || tag === undefined || data === undefined || rest.length > 0) {
    throw new UnsealError('not a sealed text of this service');
  }
  if (id !== keyId(key)) throw new UnsealError(`sealed with another key (${id ?? ''}, this one is ${keyId(key)})`);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw new UnsealError('the sealed text was changed');
  }
}

/** Names a key without giving anything of it away: a changed ENCRYPTION_KEY is recognised as such. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update('key-id:').update(key).digest('hex').slice(0, 8);
}
