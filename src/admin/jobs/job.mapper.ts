import { type JobRun } from '../../jobs/index.js';
import { type JobDto, type JobRunDto, type RequestedJobDto } from './job.dto.js';

/** Where the state of a job is shown. */
export function statusUrl(jobId: string): string {
  return `/api/v1/metrics/admin/jobs/${jobId}`;
}

/** Domain to wire. */
export function toJobDto(run: JobRun): JobDto {
  return {
    job_id: run.jobId,
    name: run.name,
    client_id: run.clientId,
    state: run.state,
    progress: run.progress,
    result: run.counts,
    error: run.error,
    created_at: run.enqueuedAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}

/** Domain to wire. */
export function toJobRunDto(run: JobRun): JobRunDto {
  return Object.assign(toJobDto(run), { slot: run.slot, attempts: run.attempts, replica: run.replica });
}

/** Domain to wire. */
export function toRequestedJobDto(run: JobRun, created: boolean): RequestedJobDto {
  return Object.assign(toJobDto(run), { joined: !created, status_url: statusUrl(run.jobId) });
}

/** True once nothing will change any more. */
export function isOver({ state }: Pick<JobRun, 'state'>): boolean {
  return state === 'completed' || state === 'failed';
}
