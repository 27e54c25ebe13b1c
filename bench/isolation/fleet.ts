import { type Fault } from '../../simulator/index.js';

/** Clients of one kind of fault. */
export interface Faulty {
  names: string[];
  fault: Fault;
}

/** In their order. */
function namesOf(clients: number): string[] {
  return Array.from({ length: clients }, (_, index) => `client-${String(index + 1).padStart(3, '0')}`);
}

/** Of every ten clients the fourth hangs and the eighth answers 500: in the order of syncs they stand between the healthy ones. */
export function faultyOf(clients: number): Faulty[] {
  const every = (place: number): string[] => namesOf(clients).filter((_, index) => index % 10 === place);
  return [
    { names: every(3), fault: { kind: 'hang' } },
    { names: every(7), fault: { kind: 'error-500' } },
  ];
}

/** The clients whose syncs are timed. */
export function healthyOf(clients: number): string[] {
  const ill = new Set(faultyOf(clients).flatMap(({ names }) => names));
  return namesOf(clients).filter((name) => !ill.has(name));
}
