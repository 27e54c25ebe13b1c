import fc from 'fast-check';
import { emptyFigures, derive } from '../aggregator/index.js';
import { type Plain } from '../common/index.js';
import { type WorkflowMetricsDto } from './dto/workflows.dto.js';
import { placeOf, sortedAfter, sortKeys } from './workflow-order.js';

function workflow(id: number, name: string, rate: number | null, total: number): Plain<WorkflowMetricsDto> {
  const facts = { workflow_id: id, n8n_workflow_id: String(id), workflow_name: name, active: true, deleted: false, tags: [] };
  return { ...facts, ...derive(emptyFigures), success_rate: rate, total_executions: total, last_execution: null };
}

const workflows = fc
  .array(fc.tuple(fc.string({ maxLength: 3 }), fc.option(fc.integer({ min: 0, max: 3 })), fc.nat(3)), { maxLength: 12 })
  .map((all) => all.map(([name, rate, total], i) => workflow(i + 1, name, rate, total)));

describe('sorted workflows', () => {
  it('come once each, page by page, in one order', () => {
    fc.assert(
      fc.property(
        workflows,
        fc.constantFrom(...sortKeys),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 1, max: 4 }),
        (all, sort, order, size) => {
          const whole = sortedAfter(all, sort, order, null);
          const paged: typeof whole = [];
          for (let page = whole.slice(0, size); page.length > 0;) {
            paged.push(...page);
            const last = page.at(-1);
            page = last === undefined ? [] : sortedAfter(all, sort, order, placeOf(last, sort)).slice(0, size);
          }
          expect(paged).toEqual(whole);
          expect(whole).toHaveLength(all.length);
        },
      ),
    );
  });

  it('put those without a value last in either order', () => {
    const all = [workflow(1, 'a', null, 0), workflow(2, 'b', 50, 2), workflow(3, 'c', 99, 2)];
    const ids = (order: 'asc' | 'desc'): number[] => sortedAfter(all, 'success_rate', order, null).map((one) => one.workflow_id);
    expect(ids('asc')).toEqual([2, 3, 1]);
    expect(ids('desc')).toEqual([3, 2, 1]);
  });
});
