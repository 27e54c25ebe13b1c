import { isoOrNull } from '../database/truth.js';
import { hash } from '../random.js';
import { type SimulatedInstance } from '../simulated-instance.js';
import { type Json } from '../vocabulary.js';
import { executionData, type Padding } from './execution-data.js';
import { runWorkflow } from './workflow-json.js';

/** A row of the list, with nine keys on the first emulated release and ten since. */
export function listRow(instance: SimulatedInstance, id: number): Json {
  const { database, dialect } = instance;
  const row = database.executions.read(id);
  const shown: Json = {
    id: String(id),
    finished: row.status === 'success',
    mode: row.mode,
    retryOf: row.retryOf === 0 ? null : String(row.retryOf),
    retrySuccessId: row.retrySuccessId === 0 ? null : String(row.retrySuccessId),
  };
  if (dialect.listHasStatus) shown.status = row.status;
  shown.startedAt = isoOrNull(row.startedAt);
  shown.stoppedAt = isoOrNull(row.stoppedAt);
  shown.workflowId = database.workflows.at(row.workflow).id;
  shown.waitTill = isoOrNull(row.waitTill);
  const raw = database.raw.get(id);
  if (raw === undefined) return shown;
  const { status, ...others } = raw;
  return Object.assign(shown, others, dialect.listHasStatus && status !== undefined ? { status } : {});
}

/** One execution by id, which shows more than the list does. */
export function detailRow(instance: SimulatedInstance, id: number): Json {
  const { database, dialect } = instance;
  const row = database.executions.read(id);
  const { id: shownId, finished, mode, retryOf, retrySuccessId, ...rest } = listRow(instance, id);
  const shown: Json = {
    id: shownId,
    finished,
    mode,
    retryOf,
    retrySuccessId,
    status: database.raw.get(id)?.status ?? row.status,
    createdAt: isoOrNull(row.createdAt),
    startedAt: rest.startedAt,
    stoppedAt: rest.stoppedAt,
    deletedAt: null,
    ...rest,
  };
  if (dialect.shape < 3) return shown;
  const storage = {
    storedAt: 'db',
    tracingContext: null,
    deduplicationKey: null,
    jsonSizeBytes: 1500 + (hash(String(id)) % 4000),
    binaryDataSizeBytes: 0,
    workflowVersionId: database.workflows.at(row.workflow).versionId,
    usedPrivateCredentials: false,
  };
  return { ...shown, ...storage };
}

/** What `includeData=true` adds; `data` is missing for some crashes. */
export function dataOf(instance: SimulatedInstance, id: number, padding: Padding): Json {
  const { database, dialect } = instance;
  const data = executionData(instance, id, padding);
  const workflowData = runWorkflow(database.workflows.at(database.executions.workflowOf(id)), dialect);
  const withData = data === null ? {} : { data };
  return dialect.shape < 3 ? { ...withData, workflowData, customData: {} } : { ...withData, customData: {}, workflowData };
}
