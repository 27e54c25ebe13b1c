import { type Random } from './random.js';

/** A key that looks like n8n's: a JWT, whose signature nobody but n8n can check. `expiresAt` in milliseconds. */
export function makeApiKey(random: Random, issuedAt: number, expiresAt: number | null): string {
  const payload = {
    sub: random.uuid(),
    iss: 'n8n',
    aud: 'public-api',
    iat: Math.floor(issuedAt / 1000),
    ...(expiresAt === null ? {} : { exp: Math.floor(expiresAt / 1000) }),
  };
  const parts = [{ alg: 'HS256', typ: 'JWT' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return `${parts.join('.')}.${random.text(43)}`;
}
