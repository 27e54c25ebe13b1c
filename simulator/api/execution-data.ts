import { type Failure } from '../database/failures.js';
import { triggerOf, type Workflow, type WorkflowNode } from '../database/workflow.js';
import { type Dialect } from '../dialect.js';
import { Random } from '../random.js';
import { type SimulatedInstance } from '../simulated-instance.js';
import { type Json } from '../vocabulary.js';
import { runNode } from './workflow-json.js';

/** Text to blow the details up with, or undefined. */
export type Padding = string | undefined;

interface Run {
  workflow: Workflow;
  dialect: Dialect;
  startedAt: number;
  failure: Failure | null;
  /** Nodes that ran, in order. */
  path: WorkflowNode[];
}

/** The `data` of one execution, or null where n8n lost it in a crash. */
export function executionData(instance: SimulatedInstance, id: number, padding: Padding): Json | null {
  const { database, dialect } = instance;
  const row = database.executions.read(id);
  if (row.status === 'crashed' && id % 3 === 2) return null;
  const workflow = database.workflows.at(row.workflow);
  const failure = row.status === 'crashed' && id % 3 === 0 ? crashFailure(workflow) : database.failureOf(id);
  const startedAt = Number.isNaN(row.startedAt) ? row.createdAt : row.startedAt;
  const run: Run = { workflow, dialect, startedAt, failure, path: pathTo(workflow, failure) };
  return {
    ...(dialect.shape === 1 ? {} : { version: 1 }),
    startData: {},
    resultData: resultData(run, padding),
    executionData: leftOver(run, row.mode),
    ...(dialect.shape === 3 ? { resumeToken: new Random(id).text(64, '0123456789abcdef') } : {}),
  };
}

/** What n8n writes when it finds after a restart that an execution was cut off. */
function crashFailure(workflow: Workflow): Failure {
  const lastNode = workflow.nodes.at(-1)?.name ?? null;
  return { name: 'WorkflowCrashedError', message: 'Workflow did not finish, possible out-of-memory issue', node: null, lastNode };
}

function pathTo({ nodes }: Workflow, failure: Failure | null): WorkflowNode[] {
  const last = nodes.findIndex((node) => node.name === (failure?.lastNode ?? failure?.node));
  return last === -1 ? nodes : nodes.slice(0, last + 1);
}

function resultData(run: Run, padding: Padding): Json {
  const runData = Object.fromEntries(run.path.map((node, i) => [node.name, [nodeRun(run, i)]]));
  return {
    ...(padding === undefined ? {} : { metadata: { padding } }),
    ...(run.failure === null ? {} : { error: errorOf(run, run.failure) }),
    runData,
    lastNodeExecuted: run.failure === null ? (run.path.at(-1)?.name ?? null) : run.failure.lastNode,
  };
}

function nodeRun(run: Run, index: number): Json {
  const failed = run.failure !== null && index === run.path.length - 1;
  return {
    startTime: run.startedAt + index * 2,
    executionIndex: index,
    source: index === 0 ? [] : [sourceOf(run, index)],
    hints: [],
    executionTime: 2,
    executionStatus: failed ? 'error' : 'success',
    ...(failed && run.failure !== null ? { error: errorOf(run, run.failure) } : { data: itemsOf(run) }),
  };
}

function errorOf(run: Run, failure: Failure): Json {
  const node = run.workflow.nodes.find(({ name }) => name === failure.node);
  const named = node ?? (failure.node === null ? null : { name: failure.node });
  return {
    level: 'warning',
    ...(run.dialect.shape === 3 ? { shouldReport: true } : {}),
    tags: {},
    timestamp: run.startedAt + 3,
    context: {},
    functionality: 'regular',
    name: failure.name,
    ...(named === null ? {} : { node: 'type' in named ? runNode(named) : named }),
    messages: [],
    message: failure.message,
    stack: `${failure.name}: ${failure.message}\n    at ExecuteContext.execute (n8n/nodes/node.ts:91:9)\n    at WorkflowExecute.runNode (n8n/core/workflow-execute.ts:1193:32)`,
  };
}

function leftOver(run: Run, mode: string): Json {
  const { dialect, failure, path } = run;
  const trigger = triggerOf(run.workflow);
  const last = path.at(-1);
  const stack =
    failure === null || last === undefined
      ? []
      : [{ node: runNode(last), data: itemsOf(run), source: { main: [sourceOf(run, path.length - 1)] } }];
  if (dialect.shape === 1) return { contextData: {}, nodeExecutionStack: stack, waitingExecution: {} };
  return {
    contextData: {},
    nodeExecutionStack: stack,
    metadata: {},
    waitingExecution: {},
    waitingExecutionSource: {},
    runtimeData: {
      version: 1,
      establishedAt: run.startedAt,
      source: mode,
      triggerNode: { name: trigger?.name ?? '', type: trigger?.type ?? '' },
      ...(dialect.shape === 3 ? { redaction: { version: 2, production: false, manual: false } } : {}),
    },
  };
}

function sourceOf(run: Run, index: number): Json {
  const previousNode = run.path[index - 1]?.name ?? '';
  return run.dialect.shape === 3 ? { previousNode, previousNodeOutput: 0, previousNodeRun: 0 } : { previousNode };
}

function itemsOf({ workflow }: Run): Json {
  const trigger = triggerOf(workflow);
  const json =
    trigger?.type === 'n8n-nodes-base.webhook'
      ? {
          headers: { host: 'n8n.example.com', 'user-agent': 'example', accept: '*/*' },
          params: {},
          query: {},
          body: {},
          webhookUrl: `https://n8n.example.com/webhook/${trigger.webhookId ?? ''}`,
          executionMode: 'production',
        }
      : { id: 1, email: 'somebody@example.com', total: 120 };
  return { main: [[{ json, pairedItem: { item: 0 } }]] };
}
