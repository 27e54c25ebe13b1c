import { addDays, dayRange } from '../common/index.js';
import { type AnswerScope } from './answers.service.js';
import { workflowNotFound } from './historical.service.js';
import { summaryRange } from './metric-range.js';
import { type RawFilter } from './raw-groups.read-model.js';

/** What is asked of stored executions. */
export interface RawQuery {
  start_date?: string | undefined;
  end_date?: string | undefined;
  workflow_id?: number | undefined;
  production?: boolean | undefined;
}

/** What every answer about stored executions says of its range. */
export interface RawEnvelope {
  client_id: number;
  client_name: string;
  workflow_id: number | null;
  start_date: string;
  end_date: string;
  timezone: string;
  raw_from: string;
}

/**
 * The executions of 30 days up to today unless asked otherwise, as far as they are kept, and the envelope of an answer about them.
 * @throws InvalidInputError `invalid_range`, `range_too_long`; NotFoundError `workflow_not_found`
 */
export async function rawWindow(
  scope: AnswerScope,
  query: RawQuery,
  retentionDays: number,
): Promise<{ filter: RawFilter; envelope: RawEnvelope }> {
  const { snapshot, client, today } = scope;
  const { workflow_id: workflowId, production } = query;
  const { weekStartsOn, timezone } = client;
  const { startDate, endDate } = summaryRange({ startDate: query.start_date, endDate: query.end_date }, { weekStartsOn, today });
  if (workflowId !== undefined && !(await snapshot.hasWorkflow(workflowId))) throw workflowNotFound(workflowId);
  const rawFrom = rawKeptFrom(scope, retentionDays);
  const start = dayRange(startDate, timezone).start;
  return {
    filter: { from: start > rawFrom ? start : rawFrom, to: dayRange(endDate, timezone).end, workflowId, production },
    envelope: {
      client_id: client.id,
      client_name: client.name,
      workflow_id: workflowId ?? null,
      start_date: startDate,
      end_date: endDate,
      timezone,
      raw_from: rawFrom.toISOString(),
    },
  };
}

/** Executions that retention has given up are not shown, whether or not they are deleted already. */
export function rawKeptFrom({ snapshot, client, today }: AnswerScope, retentionDays: number): Date {
  const kept = dayRange(addDays(today, -retentionDays), client.timezone).start;
  return kept > snapshot.state.rawFloor ? kept : snapshot.state.rawFloor;
}
