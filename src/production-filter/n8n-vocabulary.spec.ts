import {
  isKnownMode,
  isKnownStatus,
  type ModeDecision,
  N8N_MODES,
  N8N_STATUSES,
  type N8nMode,
  type N8nStatus,
  type StatusGroup,
} from './n8n-vocabulary.js';

describe('the vocabulary of n8n', () => {
  it('does not compile when a mode or a status is not decided', () => {
    // @ts-expect-error -- "new_mode" has no decision
    const modes: Readonly<Record<N8nMode | 'new_mode', ModeDecision>> = N8N_MODES;
    // @ts-expect-error -- "new_status" has no group
    const statuses: Readonly<Record<N8nStatus | 'new_status', StatusGroup>> = N8N_STATUSES;
    expect([Object.keys(modes).length, Object.keys(statuses).length]).toEqual([11, 8]);
  });

  it('does not take names of the prototype for modes or statuses', () => {
    expect(['trigger', 'constructor', '__proto__', ''].map(isKnownMode)).toEqual([true, false, false, false]);
    expect(['success', 'toString', ''].map(isKnownStatus)).toEqual([true, false, false]);
  });
});
