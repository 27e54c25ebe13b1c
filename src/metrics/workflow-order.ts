import { type WorkflowMetricsDto } from './dto/workflows.dto.js';

/** What a list of workflows can be sorted by. */
export const sortKeys = [
  'workflow_name',
  'total_executions',
  'failed_executions',
  'success_rate',
  'avg_execution_time_seconds',
  'time_saved_hours',
  'last_execution',
] as const;

export type SortKey = (typeof sortKeys)[number];

export type SortOrder = 'asc' | 'desc';

/** The place of a workflow in a sorted list: where the next page begins. */
export interface SortPlace {
  value: string | number | null;
  id: number;
}

export function defaultOrder(sort: SortKey): SortOrder {
  return sort === 'workflow_name' ? 'asc' : 'desc';
}

export function placeOf(workflow: WorkflowMetricsDto, sort: SortKey): SortPlace {
  return { value: workflow[sort], id: workflow.workflow_id };
}

/** Sorted workflows after a place; all of them without one. Those without a value come last in either order; ids break ties. */
export function sortedAfter(
  workflows: readonly WorkflowMetricsDto[],
  sort: SortKey,
  order: SortOrder,
  after: SortPlace | null,
): WorkflowMetricsDto[] {
  const compare = (a: SortPlace, b: SortPlace): number => comparePlaces(a, b, order);
  return workflows
    .filter((workflow) => after === null || compare(placeOf(workflow, sort), after) > 0)
    .sort((a, b) => compare(placeOf(a, sort), placeOf(b, sort)));
}

function comparePlaces(a: SortPlace, b: SortPlace, order: SortOrder): number {
  if (a.value === null || b.value === null) {
    if (a.value !== null) return -1;
    if (b.value !== null) return 1;
    return a.id - b.id;
  }
  const rising = compareValues(a.value, b.value);
  return rising === 0 ? a.id - b.id : order === 'asc' ? rising : -rising;
}

/** By code units: the same on every replica, whatever its locale. */
function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
