import { WorkflowExecutionEntity } from '../../src/collector/entities/workflow-execution.entity.js';
import { type ExecutionRow } from '../../src/collector/execution-row.js';
import { ExecutionRowsRepository } from '../../src/collector/execution-rows.repository.js';
import { PartitionsRepository } from '../../src/collector/index.js';
import { ClientLock } from '../../src/database/index.js';
import { type CollectingApp } from '../support/collecting-app.js';

const PAGE = 250;
/** Enough for a steady figure: at its pace all of them would take a minute. */
const ROW_BY_ROW = 3_000;

/**
 * The collector's own statements, a page a transaction, from rows that are there already: no n8n, no verdicts.
 * @param how the statement that takes whatever is stored, or the one for rows that are new
 * @returns rows a second
 */
export async function writeFromMemory(
  { app }: CollectingApp,
  clientId: number,
  rows: readonly ExecutionRow[],
  how: 'upsert' | 'insert',
): Promise<number> {
  const lock = app.get(ClientLock, { strict: false });
  const executions = app.get(ExecutionRowsRepository, { strict: false });
  await makePartitions(app, rows);
  const startedAt = performance.now();
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = rows.slice(from, from + PAGE);
    await lock.run(clientId, (manager, state) => executions[how](manager, state, page, new Date()));
  }
  return perSecond(rows.length, startedAt);
}

/** What an ORM does when it is asked to save one entity after the other. @returns rows a second */
export async function insertRowByRow(
  { app, dataSource }: CollectingApp,
  clientId: number,
  rows: readonly ExecutionRow[],
): Promise<number> {
  const repository = dataSource.getRepository(WorkflowExecutionEntity);
  const some = rows.slice(0, ROW_BY_ROW);
  await makePartitions(app, some);
  const startedAt = performance.now();
  for (const { id, ...row } of some) {
    const seenAt = new Date();
    const facts = { clientId, epoch: 1, n8nExecutionId: id, ruleVersion: 0, firstSeenAt: seenAt, lastChangedAt: seenAt };
    await repository.save(repository.create({ ...row, ...facts }));
  }
  return perSecond(some.length, startedAt);
}

async function makePartitions(app: CollectingApp['app'], rows: readonly ExecutionRow[]): Promise<void> {
  await app.get(PartitionsRepository, { strict: false }).ensurePartitions(rows.map((row) => row.startedAt));
}

function perSecond(rows: number, startedAt: number): number {
  return (rows / (performance.now() - startedAt)) * 1000;
}
