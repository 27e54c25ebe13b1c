import { type EpochStart } from '../database/index.js';
import { compareIds } from './ids.js';

/** Epoch of the first database behind a client's URL. */
export const FIRST_EPOCH = 1;

/** Which database an execution id belongs to that the instance shows now: the latest epoch that begins at or below it. */
export function epochOf(epochs: readonly EpochStart[], id: string): number {
  return epochs.findLast(({ firstId }) => compareIds(firstId, id) <= 0)?.epoch ?? FIRST_EPOCH;
}

/** The number that the next epoch gets. */
export function nextEpoch(epochs: readonly EpochStart[]): number {
  return (epochs.at(-1)?.epoch ?? FIRST_EPOCH) + 1;
}

/** What a stored execution and one that n8n shows have to agree on to be the same one. Times in milliseconds. */
export interface Identity {
  workflowId: string;
  mode: string;
  stoppedAt: number | null;
}

/**
 * Whether an id that is stored as final has come back as another execution. Only a final one can contradict by its end: an
 * open one may be an answer that was overtaken.
 */
export function contradicts(stored: Identity, shown: Identity, shownIsFinal: boolean): boolean {
  if (stored.workflowId !== shown.workflowId || stored.mode !== shown.mode) return true;
  return shownIsFinal && stored.stoppedAt !== shown.stoppedAt;
}
