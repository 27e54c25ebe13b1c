import { Injectable } from '@nestjs/common';
import { ClientLock } from '../database/index.js';
import { N8nClient, type N8nWorkflow } from '../n8n-client/index.js';
import { isAboutOneThing } from './one-thing.js';
import { type KnownExecution } from './known-execution.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowsRepository } from './workflows.repository.js';
import { WorkflowWriter } from './workflow-writer.js';

/** More than this in one page are fetched by the next full listing instead. */
const MAX_SINGLE_FETCHES = 20;

/** Makes sure that every execution has a workflow to refer to before it is stored. */
@Injectable()
export class UnknownWorkflows {
  constructor(
    private readonly lock: ClientLock,
    private readonly workflows: WorkflowsRepository,
    private readonly writer: WorkflowWriter,
    private readonly n8n: N8nClient,
  ) {}

  /** `null` when n8n does not show it, or fails at it: its executions are worth more than its name. */
  private async fetch(run: SyncRun, id: string): Promise<N8nWorkflow | null> {
    try {
      return await this.n8n.getWorkflow(run.target, id, run.context.signal);
    } catch (error) {
      if (isAboutOneThing(error)) return null;
      throw error;
    }
  }

  /** Fetches workflows that are not stored yet; those that n8n does not show get a placeholder. */
  async ensure(run: SyncRun, executions: readonly KnownExecution[], now: Date): Promise<void> {
    const wanted = [...new Set(executions.map((execution) => execution.workflowId))].filter((id) => !run.knownWorkflows.has(id));
    if (wanted.length === 0) return;
    const known = await this.workflows.byN8nIds(run.clientId, wanted);
    for (const id of wanted) run.knownWorkflows.add(id);
    const unknown = wanted.filter((id) => !known.has(id));
    if (unknown.length === 0) return;
    const found: N8nWorkflow[] = [];
    for (const id of unknown.slice(0, MAX_SINGLE_FETCHES)) {
      const workflow = await this.fetch(run, id);
      if (workflow !== null) found.push(workflow);
    }
    await this.lock.run(run.clientId, async (manager, state) => {
      await this.writer.write(manager, state, found, now);
      await this.workflows.insertPlaceholders(manager, run.clientId, unknown);
    });
  }
}
