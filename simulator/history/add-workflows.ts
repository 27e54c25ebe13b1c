import { stepNodes, triggerNode } from '../database/nodes.js';
import { type Workflow } from '../database/workflow.js';
import { type Random } from '../random.js';
import { type SimulatedInstance } from '../simulated-instance.js';
import { catalog, type CatalogEntry } from './catalog.js';

/** Fills an instance with `count` workflows of the catalog, which repeats with numbered names when it is too short. */
export function addCatalogWorkflows(instance: SimulatedInstance, count: number, random: Random, createdAt: number): Workflow[] {
  const added: Workflow[] = [];
  for (let i = 0; i < count; i++) {
    const entry = catalog[i % catalog.length];
    if (entry === undefined) continue;
    const round = Math.floor(i / catalog.length);
    added.push(addEntry(instance, entry, round, random, createdAt));
  }
  linkErrorWorkflow(instance, added);
  return added;
}

function addEntry(instance: SimulatedInstance, entry: CatalogEntry, round: number, random: Random, createdAt: number): Workflow {
  const path = `${entry.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${round}`;
  const { timeSavedPerExecution, ...settings } = entry.settings ?? {};
  return instance.addWorkflow({
    id: random.nanoId(),
    name: round === 0 ? entry.name : `${entry.name} ${round + 1}`,
    active: entry.inactive !== true,
    archived: entry.archived === true,
    tags: entry.tags,
    settings: timeSavedPerExecution === undefined ? settings : { ...settings, timeSavedPerExecution },
    nodes: [triggerNode(entry.trigger, path), ...stepNodes(entry.steps, random)],
    createdAt,
  });
}

function linkErrorWorkflow({ database }: SimulatedInstance, added: readonly Workflow[]): void {
  const handler = added.find((workflow) => workflow.name === 'Error handler');
  if (handler === undefined) return;
  for (const workflow of added) {
    if (workflow !== handler && workflow.tags.includes('production')) workflow.settings.errorWorkflow = handler.id;
  }
  database.workflows.get(handler.id).settings.executionOrder = 'v1';
}
