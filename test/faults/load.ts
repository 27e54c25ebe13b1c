import { setTimeout as sleep } from 'node:timers/promises';

/** How a request was answered; status 0: not at all. */
export interface Answered {
  path: string;
  status: number;
  /** Code of a problem document. */
  code: string | null;
  retryAfter: string | null;
}

/** Callers that ask one thing after the other, without a break worth speaking of. */
export class Load {
  readonly answers: Answered[] = [];
  private readonly callers: Promise<void>[];
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly paths: readonly string[],
    callers: number,
  ) {
    this.callers = Array.from({ length: callers }, (_, n) => this.run(n));
  }

  async stop(): Promise<readonly Answered[]> {
    this.stopped = true;
    await Promise.all(this.callers);
    return this.answers;
  }

  private async run(first: number): Promise<void> {
    for (let n = first; !this.stopped; n += 1) {
      this.answers.push(await ask(this.url, this.key, this.paths[n % this.paths.length] ?? ''));
      await sleep(20);
    }
  }
}

/** One read. Waits for a minute: longer than anything may take here. */
export async function ask(url: string, key: string, path: string): Promise<Answered> {
  try {
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(60_000),
    });
    const body = (await answer.json()) as { code?: string };
    return { path, status: answer.status, code: body.code ?? null, retryAfter: answer.headers.get('retry-after') };
  } catch (error) {
    return { path, status: 0, code: String(error), retryAfter: null };
  }
}
