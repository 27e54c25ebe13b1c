import { type Readable } from 'node:stream';

/** The body is larger than allowed; reading stopped there. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a whole body as UTF-8 text, chunk by chunk, and stops at the cap: what is too large never comes into memory.
 * @throws BodyTooLargeError, or the stream's own error when the body breaks off
 */
export async function readBody(body: Readable, contentLength: string | null, maxBytes: number): Promise<string> {
  if (contentLength !== null && Number(contentLength) > maxBytes) {
    body.destroy();
    throw new BodyTooLargeError();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Throwing ends the iteration, which destroys the stream.
    if (size > maxBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks, size).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Up to `maxBytes` from the beginning of a body, for a message. A body that breaks off gives what came. */
export async function readStart(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) break;
    }
  } catch {
    // The status line already says what matters.
  }
  return Buffer.concat(chunks, size).toString('utf8', 0, maxBytes);
}
