import { type Json } from '../vocabulary.js';

export interface WorkflowNode {
  id: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Json;
  webhookId?: string;
  /** What n8n adds to the parameters when it runs the node; seen only in the copy inside an execution. */
  defaults?: Json;
}

/** The settings the metrics care about; others pass through. `timeSavedPerExecution` is in minutes. */
export interface WorkflowSettings {
  executionOrder?: string;
  timeSavedPerExecution?: number;
  timeSavedMode?: 'fixed' | 'dynamic';
  timezone?: string;
  errorWorkflow?: string;
  saveDataSuccessExecution?: 'all' | 'none' | 'DEFAULT';
  saveDataErrorExecution?: 'all' | 'none' | 'DEFAULT';
  saveManualExecutions?: boolean | 'DEFAULT';
  [other: string]: unknown;
}

export interface Workflow {
  readonly index: number;
  readonly id: string;
  name: string;
  active: boolean;
  archived: boolean;
  tags: string[];
  settings: WorkflowSettings;
  nodes: WorkflowNode[];
  connections: Json;
  pinData: Json | null;
  versionId: string;
  createdAt: number;
  updatedAt: number;
  deleted: boolean;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** Everything but the name has a default: an active webhook workflow with two nodes. */
export interface NewWorkflow {
  name: string;
  id?: string;
  active?: boolean;
  archived?: boolean;
  tags?: readonly string[];
  settings?: WorkflowSettings;
  nodes?: WorkflowNode[];
  pinData?: Json;
  createdAt?: Date | number;
}

export type WorkflowChange = Partial<Pick<NewWorkflow, 'name' | 'active' | 'archived' | 'tags' | 'settings'>>;

export function triggerOf(workflow: Workflow): WorkflowNode | undefined {
  return workflow.nodes[0];
}

/** One chain through the nodes, in the shape n8n stores connections. */
export function chain(nodes: readonly WorkflowNode[]): Json {
  const connections: Json = {};
  nodes.forEach((node, i) => {
    const next = nodes[i + 1];
    if (next !== undefined) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
  });
  return connections;
}
