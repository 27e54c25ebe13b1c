import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../common/index.js';

/** Letters and digits that nobody confuses when reading a prefix aloud; 32 of them, so a byte maps without bias. */
const PREFIX_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const PREFIX_LENGTH = 8;
const SECRET_BYTES = 32;

/** A new key: `key` is shown once, `prefix` and `hash` are stored. */
export interface NewKey {
  key: string;
  prefix: string;
  hash: string;
}

/** Makes a key `fm_<prefix of 8>_<43 characters, 256 random bits>`. */
export function generateKey(): NewKey {
  const prefix = Array.from(randomBytes(PREFIX_LENGTH), (byte) => PREFIX_ALPHABET.charAt(byte % PREFIX_ALPHABET.length)).join('');
  const key = `fm_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, prefix, hash: hashKey(key) };
}

/** SHA-256 in hex, as it is stored. A slow hash is for passwords: 256 random bits cannot be guessed. */
export function hashKey(key: string): string {
  return sha256(key).toString('hex');
}

/** Prefix of a text that has the shape of a key, else `null`. */
export function prefixOf(key: string): string | null {
  return /^fm_([a-z2-9]{8})_[\w-]{32,}$/.exec(key)?.[1] ?? null;
}

/** Compares two digests in time that does not depend on where they differ. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
