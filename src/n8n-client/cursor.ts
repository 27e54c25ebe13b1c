/**
 * n8n's own cursor for executions: the page of at most `limit` rows whose ids come after (are older than) `lastId`.
 * It is unsigned, so a walk may start anywhere, also at an id that no longer exists.
 */
export function cursorAfter(lastId: string, limit: number): string {
  return Buffer.from(JSON.stringify({ lastId, limit }), 'utf8').toString('base64');
}
