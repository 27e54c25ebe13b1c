import { type Audit, auditLines } from './audit-report.js';

const audit: Audit = {
  client_id: 7,
  timezone: 'Europe/Berlin',
  start_date: '2026-02-01',
  end_date: '2026-02-28',
  equal: true,
  days_compared: 28,
  rows_compared: { daily: 56, weekly: 8, monthly: 2 },
  total_differences: 0,
  differences: [],
  dirty_days: [],
  frozen_days: 0,
  configuration_pending: false,
};

describe('the printed audit', () => {
  it('says what was compared and that it is equal', () => {
    expect(auditLines(audit)).toEqual([
      'client 7: 2026-02-01 to 2026-02-28 (Europe/Berlin)',
      'compared: 28 days, 56 daily, 8 weekly and 2 monthly rows',
      'equal',
    ]);
  });

  it('says what was left out and every difference', () => {
    const bent = { period_type: 'daily', period_start: '2026-02-03', workflow_id: 0 };
    const lines = auditLines({
      ...audit,
      equal: false,
      total_differences: 3,
      dirty_days: ['2026-02-28'],
      frozen_days: 2,
      differences: [
        { ...bent, kind: 'different', fields: [{ field: 'failed_executions', stored: '12', recomputed: '13' }] },
        { ...bent, workflow_id: 4, kind: 'missing', fields: [] },
      ],
    });
    expect(lines.slice(2)).toEqual([
      'not computed yet: 1 days (2026-02-28)',
      'frozen, raw executions are partly gone: 2 days',
      'daily   2026-02-03  client: different',
      '    failed_executions           stored 12, recomputed 13',
      'daily   2026-02-03  workflow 4: missing',
      '... and 1 more',
      '3 rows differ',
    ]);
  });
});
