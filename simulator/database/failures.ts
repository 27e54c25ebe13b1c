import { type Workflow, type WorkflowNode } from './workflow.js';

export interface Failure {
  name: string;
  message: string;
  /** `null`: the error names no node, only `lastNodeExecuted` does. */
  node: string | null;
  lastNode: string | null;
}

interface Template {
  name: string;
  /** The execution's id stands in for the varying part real messages carry: order numbers, addresses, timestamps. */
  message: (id: number) => string;
  prefers?: string;
  namesNode?: false;
}

const templates: readonly Template[] = [
  { name: 'NodeOperationError', message: () => 'Payment gateway refused: card declined', prefers: 'stopAndError' },
  { name: 'NodeApiError', message: () => 'The service is receiving too many requests from you', prefers: 'httpRequest' },
  { name: 'NodeApiError', message: () => 'Request failed with status code 502', prefers: 'httpRequest' },
  {
    name: 'NodeApiError',
    message: () => 'The connection timed out, consider setting the "Retry on Fail" option in the node settings',
    prefers: 'httpRequest',
  },
  { name: 'NodeApiError', message: (id) => `connect ECONNREFUSED 10.0.${id % 4}.12:8443`, prefers: 'httpRequest' },
  { name: 'NodeApiError', message: () => 'Authorization failed - please check your credentials', prefers: 'googleSheets' },
  { name: 'NodeOperationError', message: (id) => `Customer ${40000 + (id % 9000)} not found in CRM`, prefers: 'httpRequest' },
  { name: 'TypeError', message: () => "Cannot read properties of undefined (reading 'split')", prefers: 'code' },
  { name: 'ExpressionError', message: () => 'Referenced node is unexecuted', prefers: 'if' },
  {
    name: 'NodeOperationError',
    message: (id) => `duplicate key value violates unique constraint "orders_pkey" (id)=(${id})`,
    prefers: 'postgres',
  },
  { name: 'NodeApiError', message: () => 'channel_not_found', prefers: 'slack' },
  { name: 'NodeApiError', message: () => 'Rate limit reached for gpt-4o in organization on tokens per min', prefers: 'openAi' },
  { name: 'ExpressionError', message: () => 'No path back to referenced node', prefers: 'set' },
  { name: 'WorkflowOperationError', message: () => 'The workflow timed out after 300 seconds', namesNode: false },
];

/** Deterministic: the same execution fails in the same way every time it is asked. */
export function failureAt(index: number, id: number, workflow: Workflow): Failure {
  const template = templates[(index - 1) % templates.length] ?? templates[0];
  if (template === undefined) throw new Error('there are no failures');
  const node = failingNode(template, workflow, id);
  const message = node?.parameters.errorMessage;
  return {
    name: template.name,
    message: typeof message === 'string' ? message : template.message(id),
    node: template.namesNode === false ? null : (node?.name ?? null),
    lastNode: node?.name ?? null,
  };
}

/** Failures a workflow's nodes are likely to have, as indexes for `failureAt`; at least one. */
export function likelyFailures({ nodes }: Workflow): number[] {
  const types = new Set(nodes.map((node) => node.type));
  const isLikely = ({ prefers }: Template): boolean =>
    prefers === undefined ? nodes.length > 2 : types.has(`n8n-nodes-base.${prefers}`);
  const likely = templates.flatMap((template, i) => (isLikely(template) ? [i + 1] : []));
  return likely.length === 0 ? [1] : likely;
}

function failingNode(template: Template, workflow: Workflow, id: number): WorkflowNode | undefined {
  const preferred = workflow.nodes.find((node) => node.type === `n8n-nodes-base.${template.prefers ?? ''}`);
  const steps = workflow.nodes.slice(1);
  return preferred ?? steps[id % Math.max(1, steps.length)] ?? workflow.nodes[0];
}
