import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { nextId } from './ids.js';
import { type KnownExecution } from './known-execution.js';
import { planLooks } from './look-plan.js';
import { isAboutOneThing } from './one-thing.js';
import { type DueExecution } from './pending.repository.js';
import { StatusResolver } from './status-resolver.js';
import { type SyncRun } from './sync-run.js';

const MAX_LISTED_PAGES = 20;
const MAX_SECOND_LOOKS = 20;

/** What looking at ids came to. */
export interface Findings {
  found: Map<string, KnownExecution>;
  /** Neither listed nor known to n8n. */
  absent: DueExecution[];
  /** Those that there was time for. */
  looked: Set<string>;
}

/** Asks n8n about executions that the top of its list does not show. */
@Injectable()
export class ExecutionLooks {
  constructor(private readonly n8n: N8nClient) {}

  /** Pages of what n8n lists as running, and as waiting where the ordinary list hides those. Nothing where it has no such lists. */
  async *listed(run: SyncRun): AsyncGenerator<KnownExecution[], void> {
    if (run.capabilities.runningList) yield* this.withStatus(run, 'running');
    if (run.capabilities.waitingList) yield* this.withStatus(run, 'waiting');
  }

  /** Bands by one page each, what they pass without showing and the rest one by one, until the time is over. */
  async look(run: SyncRun, due: readonly DueExecution[], clock: Clock, until: number): Promise<Findings> {
    const findings: Findings = { found: new Map(), absent: [], looked: new Set() };
    const { bands, singles } = planLooks(due, this.n8n.pageSize(run.target));
    const isTime = (): boolean => clock.now().getTime() < until;
    const left = [...singles];
    for (const band of bands) if (isTime()) left.push(...(await this.readBand(run, band, findings)));
    const unreadable: DueExecution[] = [];
    for (const item of left) {
      if (!isTime()) break;
      run.context.signal.throwIfAborted();
      const row = await this.lookAt(run, item.id);
      findings.looked.add(item.id);
      if (row === null) findings.absent.push(item);
      else if (row === 'unreadable') unreadable.push(item);
      else findings.found.set(row.id, { ...row, status: row.status ?? 'unknown' });
    }
    // What n8n fails to show by itself, its list may show.
    for (const item of unreadable.slice(0, MAX_SECOND_LOOKS)) if (isTime()) await this.readBand(run, [item], findings);
    return findings;
  }

  private async *withStatus(run: SyncRun, status: 'running' | 'waiting'): AsyncGenerator<KnownExecution[], void> {
    let cursor: string | undefined;
    for (let n = 0; n < MAX_LISTED_PAGES; n += 1) {
      const page = await this.n8n.listExecutions(run.target, { status, cursor, signal: run.context.signal });
      run.counts.set_aside += page.setAside.length;
      if (page.rows.length > 0) yield page.rows.map((row) => ({ ...row, status: row.status ?? status }));
      if (page.nextCursor === null || page.nextCursor === cursor) return;
      cursor = page.nextCursor;
    }
  }

  /** @returns what the page passed without showing it */
  private async readBand(run: SyncRun, band: readonly DueExecution[], findings: Findings): Promise<readonly DueExecution[]> {
    const above = nextId(band[0]?.id ?? '');
    if (above === null) return band;
    const page = await this.n8n.listExecutions(run.target, { below: above, signal: run.context.signal });
    const wanted = new Set(band.map(({ id }) => id));
    const shown = page.rows.filter((row) => wanted.has(row.id));
    for (const row of await new StatusResolver(this.n8n, run).resolve(shown)) {
      findings.found.set(row.id, row);
      findings.looked.add(row.id);
    }
    return band.filter(({ id }) => !findings.found.has(id));
  }

  /** `unreadable`: n8n fails at this one execution; it is looked at again later and must not stop the others. */
  private async lookAt(run: SyncRun, id: string): Promise<N8nExecution | null | 'unreadable'> {
    try {
      return await this.n8n.getExecution(run.target, id, run.context.signal);
    } catch (error) {
      if (isAboutOneThing(error)) return 'unreadable';
      throw error;
    }
  }
}
