import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { ClientLock, raiseDataVersion } from '../database/index.js';
import { N8nClient, type N8nWorkflow } from '../n8n-client/index.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowWriter } from './workflow-writer.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** 250 a page: a bound against a cursor that never ends. */
const MAX_PAGES = 400;

/** Copies the full list of workflows. */
@Injectable()
export class WorkflowsSync {
  private readonly logger = new Logger(WorkflowsSync.name);

  constructor(
    private readonly n8n: N8nClient,
    private readonly lock: ClientLock,
    private readonly writer: WorkflowWriter,
    private readonly workflows: WorkflowsRepository,
    private readonly states: SyncStateRepository,
  ) {}

  @Inject(CoverageGapsRepository) private readonly gaps: CoverageGapsRepository;

  /**
   * Walks every page, stores what changed, and notices what is gone and what n8n does not save.
   * @param last when the list was last read to its end, `null` when never
   * @param listRead called when the last page has come, while it is being stored
   */
  async sync(run: SyncRun, last: Date | null, clock: Clock, listRead: () => void): Promise<void> {
    const seen = new Map<string, N8nWorkflow>();
    let complete = false;
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.n8n.listWorkflows(run.target, {
        cursor,
        signal: run.context.signal,
      });
      run.counts.set_aside += answer.setAside.length;
      const fresh = [...new Map(answer.rows.map((row) => [row.id, row])).values()].filter((row) => !seen.has(row.id));
      for (const row of fresh) seen.set(row.id, row);
      run.counts.workflows_changed += await this.lock.run(run.clientId, (manager, state) => {
        run.assertCurrent(state);
        if (answer.nextCursor === null) listRead();
        return this.writer.write(manager, state, fresh, clock.now());
      });
      complete = answer.nextCursor === null && answer.setAside.length === 0;
      // A page without anything new is no page of this walk: the cursor leads in a circle, and nothing counts as missing.
      if (answer.nextCursor === null || fresh.length === 0) break;
      cursor = answer.nextCursor;
    }
    run.counts.workflows_seen = seen.size;
    if (complete) await this.noticeMissing(run, [...seen.keys()], last, clock.now());
    await this.states.succeeded(run.clientId, 'workflows', clock.now());
  }

  private async noticeMissing(run: SyncRun, seen: string[], last: Date | null, now: Date): Promise<void> {
    const gone = await this.lock.run(run.clientId, async (manager) => {
      const result = await this.workflows.markMissing(manager, run.clientId, seen, now);
      await this.gaps.followSaving(manager, run.clientId, last, now);
      if (result.deleted > 0) await raiseDataVersion(manager, run.clientId);
      return result;
    });
    run.counts.workflows_deleted = gone.deleted;
    if (gone.suspicious) {
      this.logger.warn(
        `client ${run.clientId}: more than half of its workflows are missing at once; none is marked deleted. Has the API key lost a permission?`,
      );
    }
  }
}
