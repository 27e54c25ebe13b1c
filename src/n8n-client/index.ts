export { type CircuitGate, type CircuitSnapshot } from './circuit.js';
export { cursorAfter } from './cursor.js';
export { N8nClient } from './n8n-client.js';
export { N8nClientModule } from './n8n-client.module.js';
export { type N8nClientOptions } from './n8n-client.options.js';
export { N8nError, type N8nErrorCode } from './n8n-error.js';
export {
  type Capabilities,
  type ConnectionReport,
  type ExecutionPage,
  type FailureDetail,
  type ListExecutionsOptions,
  type ListWorkflowsOptions,
  type N8nExecution,
  type N8nTarget,
  type N8nWorkflow,
  type N8nWorkflowSettings,
  type RequestCounts,
  type SetAside,
  type UnreadPage,
  type WorkflowPage,
} from './n8n.types.js';
