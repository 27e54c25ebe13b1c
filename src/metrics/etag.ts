import { sha256 } from '../common/index.js';

/** A strong validator: the same bytes, the same tag. */
export function etagOf(content: Buffer | string): string {
  return `"${sha256(content).toString('base64url').slice(0, 27)}"`;
}

/** Whether a tag is among those of an If-None-Match header. Compared weakly, as RFC 9110 wants it here: proxies add `W/`. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });
}
