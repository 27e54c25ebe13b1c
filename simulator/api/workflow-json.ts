import { type Database } from '../database/database.js';
import { type Tag, type Workflow, type WorkflowNode } from '../database/workflow.js';
import { type Dialect } from '../dialect.js';
import { type Json } from '../vocabulary.js';

/** A workflow as the list and the single answer show it. */
export function workflowJson(workflow: Workflow, database: Database, dialect: Dialect, withPinData: boolean): Json {
  const { id, name, active, archived, nodes, connections, versionId } = workflow;
  const times = timesOf(workflow);
  const activeVersionId = active ? versionId : null;
  const shared = [{ ...times, role: 'workflow:owner', workflowId: id, projectId: database.projectId }];
  const common = {
    ...times,
    id,
    name,
    active,
    isArchived: archived,
    nodes: nodes.map(plainNode),
    connections,
    settings: settingsOf(workflow, dialect),
    staticData: null,
    meta: null,
    ...(withPinData ? { pinData: workflow.pinData } : {}),
    versionId,
    triggerCount: active ? 1 : 0,
    tags: workflow.tags.flatMap((tag) => tagJson(database.workflows.tag(tag))),
  };
  if (dialect.shape === 1) return common;
  const activeVersion = active ? versionJson(workflow, dialect) : null;
  return { ...common, activeVersionId, shared, activeVersion, ...(dialect.shape === 3 ? { nodeGroups: [] } : {}) };
}

/** The copy of the workflow that an execution carries. */
export function runWorkflow(workflow: Workflow, dialect: Dialect): Json {
  const { id, name, active, archived, connections, versionId } = workflow;
  const nodes = workflow.nodes.map(runNode);
  const settings = settingsOf(workflow, dialect);
  if (dialect.shape === 3) return { id, name, nodes, connections, settings, nodeGroups: [] };
  return {
    id,
    name,
    active,
    ...(dialect.shape === 2 ? { activeVersionId: active ? versionId : null } : {}),
    isArchived: archived,
    ...timesOf(workflow),
    nodes,
    connections,
    settings,
    staticData: {},
    pinData: workflow.pinData,
  };
}

/** A node with the parameters n8n fills in when it runs it. */
export function runNode({ defaults, parameters, ...node }: WorkflowNode): Json {
  return { ...node, parameters: { ...defaults, ...parameters } };
}

export function tagJson(tag: Tag | undefined): Json[] {
  if (tag === undefined) return [];
  const at = new Date(tag.createdAt).toISOString();
  return [{ createdAt: at, updatedAt: at, id: tag.id, name: tag.name }];
}

function plainNode(node: WorkflowNode): Json {
  return { ...node, defaults: undefined };
}

function timesOf({ createdAt, updatedAt }: Workflow): { createdAt: string; updatedAt: string } {
  return { createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
}

/** The first emulated release refuses the minutes saved; the second writes two settings of its own. */
function settingsOf({ settings }: Workflow, dialect: Dialect): Json {
  const { timeSavedPerExecution, timeSavedMode, ...older } = settings;
  if (!dialect.knowsTimeSaved) return older;
  const saved = {
    ...(timeSavedPerExecution === undefined ? {} : { timeSavedPerExecution }),
    ...(timeSavedMode === undefined ? {} : { timeSavedMode }),
  };
  const added = dialect.shape === 2 ? { callerPolicy: 'workflowsFromSameOwner', availableInMCP: false } : {};
  return { ...added, ...older, ...saved };
}

function versionJson(workflow: Workflow, dialect: Dialect): Json {
  return {
    ...timesOf(workflow),
    versionId: workflow.versionId,
    workflowId: workflow.id,
    nodes: workflow.nodes.map(plainNode),
    connections: workflow.connections,
    ...(dialect.shape === 3 ? { nodeGroups: [] } : {}),
    authors: 'A B',
    name: null,
    description: null,
    autosaved: false,
  };
}
