import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

/** How one attempt of a job ended; `retried` failed and will run again, `interrupted` was put back by a shutdown. */
type Outcome = 'completed' | 'failed' | 'retried' | 'interrupted';

const BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];

/** Attempts of jobs that this process ran. The label is not `job`: Prometheus gives that one to the target itself. */
@Injectable()
export class JobMetrics {
  private readonly runs: Counter<'job_name' | 'outcome'>;
  private readonly duration: Histogram<'job_name'>;

  constructor(registry: Registry) {
    this.runs = new Counter({
      name: 'flowmastery_job_runs_total',
      help: 'Attempts of jobs that this process has run, by how they ended: completed, failed, retried, interrupted.',
      labelNames: ['job_name', 'outcome'],
      registers: [registry],
    });
    this.duration = new Histogram({
      name: 'flowmastery_job_duration_seconds',
      help: 'How long attempts of jobs took.',
      labelNames: ['job_name'],
      buckets: BUCKETS_SECONDS,
      registers: [registry],
    });
  }

  /** Shows a job with zeros before its first run: a rate over a series that begins with its first failure would miss it. */
  expect(name: string): void {
    for (const outcome of ['completed', 'failed', 'retried', 'interrupted'] as const)
      this.runs.inc({ job_name: name, outcome }, 0);
  }

  /** @returns what to call when the attempt is over */
  started(name: string): (outcome: Outcome) => void {
    const stop = this.duration.startTimer({ job_name: name });
    return (outcome) => {
      stop();
      this.runs.inc({ job_name: name, outcome });
    };
  }
}
