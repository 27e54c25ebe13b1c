import { type Random, type SimulatedInstance } from '../../simulator/index.js';
import { addOddRow, retrySome, stopSome } from './executions.js';
import { type Past } from './past.js';
import { type Plan } from './plan.js';

/** Something that happens to an instance at one moment. */
export type Happening = (instance: SimulatedInstance, random: Random, past: Past) => void;

const names = [
  'Orders',
  'CRM leads',
  'Test orders',
  'Invoices (dev)',
  'Nightly sync',
  'Refunds',
  'Sandbox',
  'Newsletter',
] as const;
const tags = ['production', 'staging', 'finance'] as const;
const FEWEST_WORKFLOWS = 3;
const MOST_REPLACEMENTS = 2;

/** What may happen by this plan; likelier things more than once. */
export function happeningsOf(plan: Plan): Happening[] {
  const everyday = [retrySome, retrySome, stopSome, stopSome, prune, prune, changeWorkflow, deleteWorkflow, addWorkflow];
  return [
    ...everyday,
    ...(plan.savesEverything ? [] : [changeSaving, changeSaving]),
    ...(plan.oddRows ? [addOddRow, addOddRow] : []),
    ...(plan.anotherDatabase ? [replaceDatabase] : []),
  ];
}

export function addWorkflow(instance: SimulatedInstance, random: Random): void {
  const settings = random.chance(0.5) ? { timeSavedPerExecution: 1 + random.below(20) } : {};
  instance.addWorkflow({ name: random.pick(names), tags: random.chance(0.3) ? [random.pick(tags)] : [], settings });
}

function prune(instance: SimulatedInstance, random: Random): void {
  instance.prune(random.chance(0.5) ? { maxCount: 10 + random.below(120) } : { maxAgeHours: 2 + random.below(60) });
}

function changeWorkflow(instance: SimulatedInstance, random: Random): void {
  const { id } = random.pick(instance.database.workflows.list());
  instance.updateWorkflow(id, random.chance(0.7) ? { name: random.pick(names) } : { tags: [random.pick(tags)] });
}

/** Its executions go with it. */
function deleteWorkflow(instance: SimulatedInstance, random: Random): void {
  const workflows = instance.database.workflows.list();
  const { id } = random.pick(workflows);
  if (workflows.length > FEWEST_WORKFLOWS) instance.deleteWorkflow(id);
}

/** Most of the time towards saving less. */
function changeSaving(instance: SimulatedInstance, random: Random): void {
  const { id } = random.pick(instance.database.workflows.list());
  const setting = random.pick(['saveDataSuccessExecution', 'saveDataErrorExecution'] as const);
  instance.updateWorkflow(id, { settings: { [setting]: random.chance(0.7) ? 'none' : 'all' } });
}

/** A new, empty database, or an older backup of the same one. */
function replaceDatabase(instance: SimulatedInstance, random: Random, past: Past): void {
  const { lastId } = instance.database.executions;
  if (past.replacements >= MOST_REPLACEMENTS || lastId < 2) return;
  if (random.chance(0.5)) {
    const kept = Math.max(1, lastId - 1 - random.below(120));
    past.replacedBy(kept, () => {
      instance.restore(String(kept));
    });
    return;
  }
  past.replacedBy(0, () => {
    instance.reset({ keepWorkflows: random.chance(0.5) });
  });
  while (instance.database.workflows.list().length < FEWEST_WORKFLOWS) addWorkflow(instance, random);
}
