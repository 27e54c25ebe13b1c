import { type N8nExecution } from '../n8n-client/index.js';
import { compileRules, type RuleSet } from '../production-filter/index.js';
import { durationOf, type ExecutionRow, toExecutionRow } from './execution-row.js';

const ruleSet: RuleSet = {
  preset: 'default',
  exclude_manual: true,
  exclude_test_workflows: true,
  exclude_non_production_tags: true,
  exclude_workflow_patterns: [],
  include_workflow_patterns: [],
  include_only: false,
  count_sub_workflows: false,
  name_match: 'word',
  test_words: ['test'],
  production_words: [],
  test_tags: [],
  production_tags: [],
  match_execution_data: true,
  min_duration_ms: 100,
  quiet_hours: [],
};
const rules = compileRules(ruleSet, 'UTC');
const START = new Date('2026-03-18T12:00:00Z');
const END = new Date('2026-03-18T12:00:02Z');
const SEEN = new Date('2026-03-18T13:00:00Z');

function rowOf(more: Partial<N8nExecution & { status: string }> = {}, name = 'Orders'): ExecutionRow {
  const execution = {
    id: '7',
    status: 'success',
    finished: true,
    mode: 'webhook',
    startedAt: START,
    stoppedAt: END,
    waitTill: null,
    workflowId: 'abc',
    retryOf: null,
    retrySuccessId: null,
    ...more,
  };
  return toExecutionRow(execution, { workflowId: 3, workflow: { name, tags: [] }, rules, seenAt: SEEN });
}

describe('toExecutionRow', () => {
  it('takes a finished execution over with its duration and verdict', () => {
    expect(rowOf({ retryOf: '5', retrySuccessId: '9' })).toEqual({
      id: '7',
      startedAt: START,
      workflowId: 3,
      status: 'success',
      mode: 'webhook',
      finishedAt: END,
      waitTill: null,
      executionTimeMs: 2000,
      isProduction: true,
      filterReason: 'mode_webhook',
      retryOf: '5',
      retrySuccessId: '9',
      detailState: 'none',
    });
  });

  it.each([
    ['error', 'pending'],
    ['crashed', 'pending'],
    ['canceled', 'none'],
    ['success', 'none'],
    ['running', 'none'],
  ])('of an execution that is %s has a detail that is %s', (status, detailState) => {
    expect(rowOf({ status }).detailState).toBe(detailState);
  });

  it.each(['running', 'waiting', 'new', 'unknown', 'paused'])('gives one that is %s no end, whatever n8n says', (status) => {
    const waitTill = new Date('2026-03-19T00:00:00Z');
    expect(rowOf({ status, waitTill })).toMatchObject({
      status,
      startedAt: START,
      finishedAt: null,
      executionTimeMs: null,
      waitTill,
    });
  });

  it('puts one that never started at its end, without a duration', () => {
    const row = rowOf({ status: 'canceled', startedAt: null });
    expect(row).toMatchObject({ startedAt: END, finishedAt: END, executionTimeMs: null });
  });

  it('puts one without any time where it was seen first', () => {
    const row = rowOf({ status: 'new', startedAt: null, stoppedAt: null });
    expect(row).toMatchObject({ startedAt: SEEN, finishedAt: null, executionTimeMs: null });
  });

  it('judges by mode, name and duration', () => {
    expect(rowOf({ mode: 'manual' })).toMatchObject({ isProduction: false, filterReason: 'manual_mode' });
    expect(rowOf({}, 'Orders test')).toMatchObject({ isProduction: false, filterReason: 'test_name' });
    expect(rowOf({ stoppedAt: new Date(START.getTime() + 99) })).toMatchObject({ isProduction: false, filterReason: 'timing' });
    expect(rowOf({ stoppedAt: new Date(START.getTime() + 100) })).toMatchObject({ isProduction: true });
    expect(rowOf({ status: 'running', stoppedAt: null })).toMatchObject({ isProduction: true });
    expect(rowOf({ mode: 'telepathy' })).toMatchObject({ isProduction: true, filterReason: 'mode_telepathy' });
  });
});

describe('durationOf', () => {
  it('is the time between start and end', () => {
    expect([durationOf(START, END), durationOf(START, START)]).toEqual([2000, 0]);
  });

  it('is not known before the end, nor when the clocks disagree', () => {
    expect([durationOf(START, null), durationOf(END, START)]).toEqual([null, null]);
  });
});
