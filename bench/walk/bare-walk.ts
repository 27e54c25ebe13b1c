import { Agent } from 'undici';
import { type Instance } from '../support/collecting-app.js';

const PAGE = 250;

/** What walking the list came to. */
export interface BareWalk {
  rows: number;
  seconds: number;
}

/** The least that a reader of the list has to do: one GET after the other along n8n's own cursors, each answer parsed and thrown away. */
export async function bareWalk({ baseUrl, apiKey }: Instance): Promise<BareWalk> {
  const agent = new Agent();
  const startedAt = performance.now();
  try {
    let rows = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await getPage(agent, `${baseUrl}/api/v1/executions?limit=${PAGE}${cursor}`, apiKey);
      rows += page.data.length;
      cursor = page.nextCursor == null ? null : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    return { rows, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await agent.close();
  }
}

interface ListedPage {
  data: unknown[];
  nextCursor?: string | null;
}

async function getPage(agent: Agent, address: string, apiKey: string): Promise<ListedPage> {
  const { origin, pathname, search } = new URL(address);
  const answer = await agent.request({
    origin,
    path: `${pathname}${search}`,
    method: 'GET',
    headers: { 'x-n8n-api-key': apiKey },
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the n8n answers ${answer.statusCode}: ${text.slice(0, 200)}`);
  return JSON.parse(text) as ListedPage;
}
