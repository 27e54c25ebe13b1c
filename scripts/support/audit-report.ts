/** What the audit endpoint answers, as far as it is printed. */
export interface Audit {
  client_id: number;
  timezone: string;
  start_date: string | null;
  end_date: string | null;
  equal: boolean;
  days_compared: number;
  rows_compared: Record<'daily' | 'weekly' | 'monthly', number>;
  total_differences: number;
  differences: {
    period_type: string;
    period_start: string;
    workflow_id: number;
    kind: string;
    fields: { field: string; stored: string | null; recomputed: string | null }[];
  }[];
  dirty_days: string[];
  frozen_days: number;
  configuration_pending: boolean;
}

/** The answer as lines for people: what was compared, what was not and why, every difference that is listed. */
export function auditLines(audit: Audit): string[] {
  const { rows_compared: rows, total_differences: total, differences } = audit;
  const range =
    audit.start_date === null ? 'nothing is stored' : `${audit.start_date} to ${audit.end_date ?? ''} (${audit.timezone})`;
  return [
    `client ${audit.client_id}: ${range}`,
    `compared: ${audit.days_compared} days, ${rows.daily} daily, ${rows.weekly} weekly and ${rows.monthly} monthly rows`,
    ...(audit.configuration_pending ? ['not compared: a changed time zone or week start is not applied yet'] : []),
    ...(audit.dirty_days.length > 0
      ? [`not computed yet: ${audit.dirty_days.length} days (${audit.dirty_days.slice(0, 10).join(', ')})`]
      : []),
    ...(audit.frozen_days > 0 ? [`frozen, raw executions are partly gone: ${audit.frozen_days} days`] : []),
    ...differences.flatMap(differenceLines),
    ...(total > differences.length ? [`... and ${total - differences.length} more`] : []),
    audit.equal ? 'equal' : `${total} rows differ`,
  ];
}

function differenceLines({ period_type, period_start, workflow_id, kind, fields }: Audit['differences'][number]): string[] {
  const whose = workflow_id === 0 ? 'client' : `workflow ${workflow_id}`;
  const head = `${period_type.padEnd(8)}${period_start}  ${whose}: ${kind}`;
  if (kind !== 'different') return [head];
  return [
    head,
    ...fields.map(
      ({ field, stored, recomputed }) => `    ${field.padEnd(28)}stored ${stored ?? '-'}, recomputed ${recomputed ?? '-'}`,
    ),
  ];
}
