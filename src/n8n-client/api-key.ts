import { z } from 'zod';

const claimsSchema = z.object({ exp: z.number().positive().max(8.64e12) });

/** When an n8n key stops working: the `exp` of the JWT it is; `null` for a key without one or that is no JWT. */
export function keyExpiresAt(apiKey: string): Date | null {
  const payload = apiKey.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success ? new Date(claims.data.exp * 1000) : null;
  } catch {
    return null;
  }
}

/** Whether the key can be sent as a header at all. */
export function isSendableKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

/** `text` without the key, on one line, at most `max` characters: fit for messages and logs. */
export function safeText(text: string, apiKey: string, max = 200): string {
  const clean = (apiKey === '' ? text : text.replaceAll(apiKey, '[key]')).replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return clean.length > max ? `${clean.slice(0, max)}...` : clean;
}
