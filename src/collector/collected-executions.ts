import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { ClientLabels } from '../common/index.js';

/** Counts executions as this process stores them. */
@Injectable()
export class CollectedExecutions {
  private readonly collected: Counter<'client_id' | 'change'>;

  constructor(
    registry: Registry,
    private readonly clients: ClientLabels,
  ) {
    this.collected = new Counter({
      name: 'flowmastery_executions_collected_total',
      help: 'Executions that this process has stored, by change: new, or changed since they were stored.',
      labelNames: ['client_id', 'change'],
      registers: [registry],
    });
  }

  add(clientId: number, created: number, changed: number): void {
    const label = this.clients.of(clientId);
    this.collected.inc({ client_id: label, change: 'new' }, created);
    this.collected.inc({ client_id: label, change: 'changed' }, changed);
  }
}
