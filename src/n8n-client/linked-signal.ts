import { setMaxListeners } from 'node:events';

/** A signal of one request. `dispose` must be called: it removes the timer and the listeners on longer-lived signals. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Whether the time ran out (and not a parent fired). */
  readonly timedOut: () => boolean;
  readonly dispose: () => void;
}

/**
 * A signal that fires with any of its parents, or after `timeoutMs` when given. `AbortSignal.any` and `.timeout` would keep
 * every request reachable from the caller's signal on Node 20.
 */
export function linkSignals(parents: readonly (AbortSignal | undefined)[], timeoutMs?: number): LinkedSignal {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  let late = false;
  const cleanups: (() => void)[] = [];
  for (const parent of parents) {
    if (parent === undefined) continue;
    const fire = (): void => {
      controller.abort(parent.reason);
    };
    if (parent.aborted) fire();
    parent.addEventListener('abort', fire, { once: true });
    cleanups.push(() => {
      parent.removeEventListener('abort', fire);
    });
  }
  if (timeoutMs !== undefined) {
    const timer = setTimeout(() => {
      late = !controller.signal.aborted;
      controller.abort(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    cleanups.push(() => {
      clearTimeout(timer);
    });
  }
  return {
    signal: controller.signal,
    timedOut: () => late,
    dispose: () => {
      for (const cleanup of cleanups) cleanup();
    },
  };
}
