import { type Stage } from './stage.js';

/** The oldest executions that can be known: what n8n had forgotten before the first look is no loss. */
export interface Baseline {
  /** No id below it was stored when the first sync had come through. */
  lowest: number;
  /** The lowest that a list without filter showed: every hole above it can be noticed. */
  lowestListed: number;
  /** How often the database had been replaced by then. */
  replacements: number;
}

/** `null` as long as nothing is stored. */
export async function findBaseline({ instance, past, store }: Stage): Promise<Baseline | null> {
  const hidden = new Set(['running', 'new', ...(instance.dialect.listsWaiting ? [] : ['waiting'])]);
  const rows = (await store.executions()).filter(({ id }) => /^\d+$/.test(id));
  if (rows.length === 0) return null;
  const lowest = Math.min(...rows.map(({ id }) => Number(id)));
  const lowestListed = Math.min(...rows.filter(({ status }) => !hidden.has(status)).map(({ id }) => Number(id)));
  return { lowest, lowestListed, replacements: past.replacements };
}
