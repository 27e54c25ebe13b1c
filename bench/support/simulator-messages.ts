import { type Fault, type SimulatedVersion } from '../../simulator/index.js';

/** An instance to make. */
export interface WantedInstance {
  name: string;
  version: SimulatedVersion;
  /** So many, and a few more, lie in the past; about 2.5 % of an instance's executions are never saved and so never listed. */
  executions: number;
  /** Milliseconds before each answer, as a network has them; 0: none. */
  latencyMs: number;
}

/** An instance that answers. */
export interface ServedInstance {
  name: string;
  baseUrl: string;
  apiKey: string;
  /** Executions in its list. */
  listed: number;
}

/** What the simulator's process can be asked for. */
export type SimulatorRequest =
  | { kind: 'serve'; instances: WantedInstance[] }
  /** From now on every request to these instances goes wrong like this. */
  | { kind: 'break'; names: string[]; fault: Fault }
  /** They answer as they should again. */
  | { kind: 'mend'; names: string[] }
  /** Every instance runs so many more executions, all of them successes that have just ended. */
  | { kind: 'run'; executions: number };

/** The answer to each kind of request. */
export interface SimulatorAnswers {
  serve: ServedInstance[];
  break: null;
  mend: null;
  run: null;
}
