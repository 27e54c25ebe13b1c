import { type TriggerKind } from '../database/nodes.js';
import { type WorkflowSettings } from '../database/workflow.js';

export interface CatalogEntry {
  name: string;
  trigger: TriggerKind;
  steps: readonly string[];
  tags: readonly string[];
  settings?: WorkflowSettings;
  /** Share of the instance's executions, relative to the others. */
  weight: number;
  medianMs: number;
  /** Waits for a person or a date somewhere in the middle. */
  waits?: boolean;
  inactive?: boolean;
  archived?: boolean;
}

/** What an agency runs for a client; names and tags are as untidy as real ones. */
export const catalog: readonly CatalogEntry[] = [
  {
    name: 'Orders - production',
    trigger: 'webhook',
    steps: ['if', 'httpRequest', 'postgres', 'slack'],
    tags: ['production'],
    settings: { timeSavedPerExecution: 12 },
    weight: 30,
    medianMs: 1400,
  },
  {
    name: 'CRM lead router',
    trigger: 'webhook',
    steps: ['code', 'httpRequest', 'googleSheets'],
    tags: ['production', 'sales'],
    settings: { timeSavedPerExecution: 5 },
    weight: 22,
    medianMs: 900,
  },
  {
    name: 'Inbox sync (every 15 min)',
    trigger: 'schedule',
    steps: ['httpRequest', 'code', 'postgres'],
    tags: ['production'],
    weight: 16,
    medianMs: 5200,
  },
  {
    name: 'Invoice extraction',
    trigger: 'form',
    steps: ['code', 'openAi', 'if', 'postgres'],
    tags: ['finance'],
    settings: { timeSavedPerExecution: 9, timeSavedMode: 'fixed' },
    weight: 8,
    medianMs: 16000,
  },
  { name: 'Normalize address', trigger: 'called', steps: ['code', 'set'], tags: ['shared'], weight: 10, medianMs: 120 },
  {
    name: 'Payment capture',
    trigger: 'webhook',
    steps: ['httpRequest', 'if', 'stopAndError'],
    tags: ['production', 'finance'],
    settings: { timeSavedPerExecution: 3 },
    weight: 7,
    medianMs: 2100,
  },
  {
    name: 'Approval with reminder',
    trigger: 'webhook',
    steps: ['slack', 'wait', 'if', 'httpRequest'],
    tags: ['production'],
    settings: { timeSavedPerExecution: 20 },
    weight: 3,
    medianMs: 800,
    waits: true,
  },
  {
    name: 'Nightly report',
    trigger: 'schedule',
    steps: ['postgres', 'code', 'googleSheets', 'slack'],
    tags: ['reporting'],
    weight: 2,
    medianMs: 48000,
  },
  { name: '[TEST] Orders', trigger: 'webhook', steps: ['if', 'httpRequest'], tags: ['staging'], weight: 3, medianMs: 1300 },
  { name: 'Lead scoring (dev)', trigger: 'webhook', steps: ['openAi', 'set'], tags: [], weight: 2, medianMs: 7000 },
  {
    name: 'Heartbeat',
    trigger: 'schedule',
    steps: ['httpRequest'],
    tags: [],
    settings: { saveDataSuccessExecution: 'none' },
    weight: 3,
    medianMs: 200,
  },
  { name: 'Error handler', trigger: 'error', steps: ['slack'], tags: ['shared'], weight: 0, medianMs: 350 },
  {
    name: 'Old newsletter import',
    trigger: 'schedule',
    steps: ['httpRequest', 'set'],
    tags: [],
    weight: 0,
    medianMs: 3000,
    inactive: true,
  },
  {
    name: 'Copy of Orders',
    trigger: 'manual',
    steps: ['set'],
    tags: [],
    weight: 0.4,
    medianMs: 600,
    inactive: true,
    archived: true,
  },
];
