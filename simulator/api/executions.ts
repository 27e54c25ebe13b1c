import { isInDefaultList, shownStatus } from '../database/truth.js';
import { type Dialect } from '../dialect.js';
import { type SimulatedInstance } from '../simulated-instance.js';
import { type Json } from '../vocabulary.js';
import { ApiError, type Query } from './answer.js';
import { dataOf, detailRow, listRow } from './execution-row.js';
import { type Padding } from './execution-data.js';
import { encodeCursor, executionCursor } from './paging.js';
import { checkNames, checkStatus, flag, instant } from './query.js';

type Filter = (id: number) => boolean;

/** Newest first by id. Pages walk down from the cursor's id, so nothing that happens above can shift them. */
export function listExecutions(instance: SimulatedInstance, query: Query, looping: boolean): Json {
  const { database, dialect } = instance;
  const { executions } = database;
  checkNames(query, ['includeData', 'status', 'workflowId', 'projectId', 'limit', 'cursor'], dialect);
  checkStatus(query.status, dialect);
  const includeData = flag(query, 'includeData');
  const { lastId, limit } = executionCursor(query, instance);
  const passes = filterOf(instance, query);
  const lowest = executions.lowestLiveId;
  const nextBelow = (id: number): number => {
    let candidate = Math.min(id, executions.lastId + 1) - 1;
    while (candidate >= lowest && !passes(candidate)) candidate--;
    return candidate;
  };
  const rows: Json[] = [];
  let id = nextBelow(lastId === null ? Infinity : placeOf(instance, lastId));
  for (; id >= lowest && rows.length < limit; id = nextBelow(id)) {
    rows.push(includeData ? { ...listRow(instance, id), ...dataOf(instance, id, undefined) } : listRow(instance, id));
  }
  if (looping) return { data: rows, nextCursor: query.cursor ?? encodeCursor({ lastId: String(executions.lastId + 1), limit }) };
  const nextCursor = id >= lowest ? encodeCursor({ lastId: String(rows.at(-1)?.id), limit }) : null;
  return { data: rows, nextCursor };
}

export function getExecution(instance: SimulatedInstance, shownId: string, query: Query, padding: Padding): Json {
  const { database, dialect } = instance;
  checkNames(query, ['includeData'], dialect);
  const includeData = flag(query, 'includeData');
  const id = database.place(shownId);
  if (id === undefined || !database.executions.isLive(id)) throw new ApiError(404, 'Not Found');
  const row = detailRow(instance, id);
  return includeData ? { ...row, ...dataOf(instance, id, padding) } : row;
}

function placeOf({ database }: SimulatedInstance, lastId: string): number {
  const place = database.place(lastId) ?? (/^\d+$/.test(lastId) ? Number(lastId) : undefined);
  if (place === undefined) throw new ApiError(400, 'An invalid cursor was provided');
  return place;
}

function filterOf({ database, dialect }: SimulatedInstance, query: Query): Filter {
  const { executions, workflows, raw } = database;
  const hasStatus = statusFilter(query.status, dialect);
  const workflow = query.workflowId === undefined ? null : (workflows.find(query.workflowId)?.index ?? -1);
  const from = dialect.dateFilters ? instant(query, 'startedAfter', -Infinity) : -Infinity;
  const to = dialect.dateFilters ? instant(query, 'startedBefore', Infinity) : Infinity;
  const dated = from !== -Infinity || to !== Infinity;
  const elsewhere = query.projectId !== undefined && query.projectId !== database.projectId;
  return (id) => {
    if (elsewhere || !executions.isLive(id) || !hasStatus(shownStatus(database, id))) return false;
    if (workflow !== null && executions.workflowOf(id) !== workflow && raw.get(id)?.workflowId !== query.workflowId) return false;
    return !dated || (executions.startedAt(id) >= from && executions.startedAt(id) <= to);
  };
}

function statusFilter(wanted: string | undefined, dialect: Dialect): (status: string) => boolean {
  if (wanted === undefined) return (status) => isInDefaultList(status, dialect);
  if (wanted === 'waiting' && !dialect.listsWaiting) return () => false;
  if (wanted === 'error' && dialect.errorIncludesCrashed) return (status) => status === 'error' || status === 'crashed';
  return (status) => status === wanted;
}
