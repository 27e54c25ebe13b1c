import { Client } from 'pg';
import { type Fault } from '../../simulator/index.js';
import { type SimulatorProcess } from '../support/simulator-process.js';

const FAULTS: readonly Fault[] = [
  { kind: 'hang' },
  { kind: 'error-500' },
  { kind: 'truncated' },
  { kind: 'reset' },
  { kind: 'rate-limit', retryAfter: 5 },
  { kind: 'html' },
  { kind: 'slow', ms: 3_000 },
];
const ILL_AT_ONCE = 10;

/** What goes wrong while the service runs: ever other instances fail in ever other ways, and the database drops every connection. */
export class Mishaps {
  private ill: string[] = [];
  private round = 0;
  caused = 0;

  constructor(
    private readonly simulator: SimulatorProcess,
    private readonly names: readonly string[],
    private readonly databaseUrl: string,
  ) {}

  /** The ten that failed are well again, the next ten fail. */
  async nextInstances(): Promise<void> {
    await this.mend();
    const first = (this.round * ILL_AT_ONCE) % this.names.length;
    this.ill = this.names.slice(first, first + ILL_AT_ONCE);
    const fault = FAULTS[this.round % FAULTS.length] ?? { kind: 'hang' };
    await this.simulator.ask({ kind: 'break', names: this.ill, fault });
    this.round += 1;
    this.caused += this.ill.length;
  }

  async mend(): Promise<void> {
    await this.simulator.ask({ kind: 'mend', names: this.ill });
    this.ill = [];
  }

  /** As a restart of PostgreSQL does it to whoever is connected. */
  async dropConnections(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    } finally {
      await client.end();
    }
    this.caused += 1;
  }
}
