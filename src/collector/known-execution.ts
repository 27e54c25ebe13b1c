import { type N8nExecution } from '../n8n-client/index.js';

/** An execution whose status is known. */
export type KnownExecution = N8nExecution & { status: string };
