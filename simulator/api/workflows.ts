import { type SimulatedInstance } from '../simulated-instance.js';
import { type Json } from '../vocabulary.js';
import { ApiError, type Query } from './answer.js';
import { encodeCursor, offsetCursor } from './paging.js';
import { checkNames, flag } from './query.js';
import { tagJson, workflowJson } from './workflow-json.js';

/** Pages by offset: a workflow deleted between two pages makes the next one skip a row, as in n8n. */
export function listWorkflows(instance: SimulatedInstance, query: Query, looping: boolean): Json {
  const { database, dialect } = instance;
  checkNames(query, ['active', 'tags', 'name', 'projectId', 'excludePinnedData', 'limit', 'cursor'], dialect);
  const withPinData = !flag(query, 'excludePinnedData');
  const active = query.active === undefined ? null : flag(query, 'active');
  const tags = query.tags === undefined || query.tags === '' ? [] : query.tags.split(',');
  const elsewhere = query.projectId !== undefined && query.projectId !== database.projectId;
  const found = database.workflows.list().filter((workflow) => {
    if (elsewhere || (active !== null && workflow.active !== active)) return false;
    if (!tags.every((tag) => workflow.tags.includes(tag.trim()))) return false;
    return query.name === undefined || workflow.name === query.name;
  });
  return pageOf(instance, found, query, looping, (workflow) => workflowJson(workflow, database, dialect, withPinData));
}

export function getWorkflow({ database, dialect }: SimulatedInstance, id: string, query: Query): Json {
  checkNames(query, ['excludePinnedData'], dialect);
  const workflow = database.workflows.find(id);
  if (workflow === undefined) throw new ApiError(404, 'Not Found');
  return workflowJson(workflow, database, dialect, !flag(query, 'excludePinnedData'));
}

export function listTags(instance: SimulatedInstance, query: Query, looping: boolean): Json {
  checkNames(query, ['limit', 'cursor'], instance.dialect);
  return pageOf(instance, instance.database.workflows.tags(), query, looping, (tag) => tagJson(tag)[0] ?? {});
}

function pageOf<T>(instance: SimulatedInstance, items: T[], query: Query, looping: boolean, show: (item: T) => Json): Json {
  const { limit, offset } = offsetCursor(query, instance);
  const data = items.slice(offset, offset + limit).map(show);
  if (looping) return { data, nextCursor: encodeCursor({ limit, offset }) };
  return { data, nextCursor: offset + limit < items.length ? encodeCursor({ limit, offset: offset + limit }) : null };
}
