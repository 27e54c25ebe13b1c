/** An n8n and a key of its public API. */
export interface Source {
  baseUrl: string;
  apiKey: string;
}

const TIMEOUT_MS = 30_000;

/** What n8n answers to a GET below `/api/v1`; `null` on 404. @throws Error with the beginning of its answer on every other failure */
export async function askN8n<Answer>({ baseUrl, apiKey }: Source, path: string): Promise<Answer | null> {
  const answer = await fetch(`${baseUrl}/api/v1/${path}`, {
    headers: { 'x-n8n-api-key': apiKey },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`n8n answers ${path} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as Answer;
}
