/** What a probe found. `degraded`: it works, but somebody should look. */
export type Finding =
  | { status: 'up'; data?: Record<string, unknown> }
  | { status: 'degraded' | 'down'; cause: string; data?: Record<string, unknown> };

const MAX_CAUSE = 200;

/** Runs a probe; one that throws or does not answer in time gives `otherwise` with the cause. Never rejects. */
export async function probe(
  work: () => Promise<Finding>,
  { timeoutMs, otherwise }: { timeoutMs: number; otherwise: 'degraded' | 'down' },
): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve({ status: otherwise, cause: `no answer within ${timeoutMs} ms` });
    }, timeoutMs);
  });
  const found = work().catch((error: unknown): Finding => ({ status: otherwise, cause: causeOf(error) }));
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Probes are public: a code says enough, and messages with one often name hosts. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.message === '' ? error.name : error.message.slice(0, MAX_CAUSE);
}
