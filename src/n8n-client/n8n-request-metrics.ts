import { Injectable } from '@nestjs/common';
import { Histogram, Registry } from 'prom-client';
import { type ObservedRequest } from './n8n-client.options.js';

const BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Requests to n8n, of all clients together: kinds and outcomes are few, and which client fails is told by the client's own figures. */
@Injectable()
export class N8nRequestMetrics {
  private readonly duration: Histogram<'kind' | 'outcome'>;

  constructor(registry: Registry) {
    this.duration = new Histogram({
      name: 'flowmastery_n8n_request_duration_seconds',
      help: 'Requests that were sent to n8n, each try: kind list, detail or check; outcome ok or the code of the error.',
      labelNames: ['kind', 'outcome'],
      buckets: BUCKETS_SECONDS,
      registers: [registry],
    });
  }

  observe({ kind, outcome, seconds }: ObservedRequest): void {
    this.duration.observe({ kind, outcome }, seconds);
  }
}
