import { type Random } from '../random.js';
import { type Json } from '../vocabulary.js';
import { type WorkflowNode } from './workflow.js';

export type TriggerKind = 'webhook' | 'schedule' | 'form' | 'called' | 'error' | 'manual';

/** The first node of a workflow. */
export function triggerNode(kind: TriggerKind, path: string): WorkflowNode {
  const at = { id: `t-${path}`, typeVersion: 1, position: [0, 0] as [number, number] };
  switch (kind) {
    case 'webhook':
      return {
        ...at,
        name: 'Webhook',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        webhookId: path,
        parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
        defaults: { multipleMethods: false, authentication: 'none', responseData: 'firstEntryJson' },
      };
    case 'schedule':
      return {
        ...at,
        name: 'Schedule Trigger',
        type: 'n8n-nodes-base.scheduleTrigger',
        typeVersion: 1.2,
        parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 15 }] } },
      };
    case 'form':
      return { ...at, name: 'On form submission', type: 'n8n-nodes-base.formTrigger', webhookId: path, parameters: { path } };
    case 'called':
      return { ...at, name: 'When called', type: 'n8n-nodes-base.executeWorkflowTrigger', parameters: {} };
    case 'error':
      return { ...at, name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger', parameters: {} };
    case 'manual':
      return { ...at, name: 'When clicking Test', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
  }
}

const filler: Readonly<Record<string, Json>> = {
  httpRequest: {
    method: 'POST',
    url: 'https://api.example.com/v2/items',
    sendHeaders: true,
    headerParameters: { parameters: [{ name: 'Accept', value: 'application/json' }] },
    sendBody: true,
    specifyBody: 'json',
    jsonBody: '={{ JSON.stringify({ id: $json.id, email: $json.email, total: $json.total }) }}',
    options: { timeout: 30000, retry: { maxTries: 3 } },
  },
  code: {
    jsCode:
      'const rows = $input.all();\nreturn rows\n  .filter((row) => row.json.email)\n  .map((row) => ({ json: { ...row.json, domain: row.json.email.split("@")[1] } }));',
  },
  set: { assignments: { assignments: [{ id: '1', name: 'ok', value: 'yes', type: 'string' }] }, options: {} },
  if: {
    conditions: {
      conditions: [{ leftValue: '={{ $json.total }}', rightValue: 100, operator: { type: 'number', operation: 'gt' } }],
    },
  },
  postgres: { operation: 'executeQuery', query: 'SELECT id, email, total FROM orders WHERE id = $1', options: {} },
  googleSheets: { operation: 'append', documentId: { mode: 'id', value: '1a2b3c' }, sheetName: { mode: 'name', value: 'Leads' } },
  slack: { select: 'channel', channelId: { mode: 'name', value: '#operations' }, text: '={{ $json.summary }}' },
  openAi: { resource: 'text', operation: 'complete', prompt: '={{ $json.text }}' },
  wait: { amount: 1, unit: 'hours' },
  stopAndError: { errorMessage: 'Payment gateway refused: card declined' },
};

const names: Readonly<Record<string, string>> = {
  httpRequest: 'HTTP Request',
  code: 'Code',
  set: 'Edit',
  if: 'If',
  postgres: 'Postgres',
  googleSheets: 'Google Sheets',
  slack: 'Slack',
  openAi: 'OpenAI',
  wait: 'Wait',
  stopAndError: 'Stop and Error',
};

/** The nodes after the trigger; `kinds` are the short type names above. */
export function stepNodes(kinds: readonly string[], random: Random): WorkflowNode[] {
  return kinds.map((kind, i) => {
    const before = kinds.slice(0, i).filter((other) => other === kind).length;
    const name = names[kind] ?? kind;
    const node: WorkflowNode = {
      id: random.uuid(),
      name: before === 0 ? name : `${name}${before}`,
      type: `n8n-nodes-base.${kind}`,
      typeVersion: kind === 'set' ? 3.4 : 1,
      position: [200 * (i + 1), 0],
      parameters: filler[kind] ?? {},
    };
    if (kind === 'wait') node.webhookId = random.uuid();
    if (kind === 'stopAndError') node.defaults = { errorType: 'errorMessage' };
    return node;
  });
}
