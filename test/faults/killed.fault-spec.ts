import { type Job } from '../../scripts/support/api.js';
import { eventually, Stage } from './stage.js';

const TIMEOUT_MS = 240_000;

/** `kill -9` in a sync is in `main-job.e2e-spec.ts`, in a re-classification in `re-application.e2e-spec.ts`. */
describe('a worker that is killed', () => {
  let stage: Stage;

  beforeAll(async () => {
    // Ten weeks, of which all but the last five are past their retention once it is shortened.
    stage = await Stage.open({ CLEANUP_RETENTION_DAYS: '100' }, { count: 2_000, days: 70 });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await stage.close();
  });

  const job = (id: string): Promise<Job & { attempts?: number }> => stage.api.get(`/metrics/admin/jobs/${id}`);

  it(
    'in an aggregation: another one ends it, and every rollup is right',
    async () => {
      const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
      const range = { client_id: stage.clientId, start_date: day(65), end_date: day(1) };
      await stage.postgres.query(
        `UPDATE metrics_aggregations SET excluded_executions = excluded_executions + 1
          WHERE period_type = 'daily' AND period_start BETWEEN $1 AND $2`,
        [range.start_date, range.end_date],
      );
      let id = '';
      // The newest days are computed, the others wait for a row that somebody else has locked.
      await stage.postgres.holding(
        `SELECT 1 FROM metrics_aggregations WHERE period_type = 'daily' AND period_start <= '${day(60)}' FOR UPDATE`,
        async () => {
          ({ job_id: id } = await stage.api.post<{ job_id: string }>('/metrics/admin/trigger-aggregation', range));
          await eventually('some days are computed, others wait', async () => {
            const [left] = await stage.postgres.query<{ n: number }>('SELECT count(*)::int AS n FROM dirty_days');
            const waits = await stage.postgres.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
            return left !== undefined && left.n > 0 && waits.length > 0;
          });
          expect((await job(id)).state).toBe('running');
          await stage.kill();
        },
      );
      await stage.startService();
      await eventually('the job is over', async () => (await job(id)).state === 'completed');
      const [run] = await stage.postgres.query<{ attempts: number }>('SELECT attempts FROM job_runs WHERE job_id = $1', [id]);
      expect(run).toEqual({ attempts: 2 });
      await stage.expectEverything();
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );

  it(
    'in a cleanup: another one ends it, nothing is left half, and no figure changes',
    async () => {
      const series = `/metrics/client/${stage.clientId}/historical?period_type=weekly`;
      const before = await stage.api.get<{ metrics_data: unknown[] }>(series);
      await stage.kill();
      stage.set({ CLEANUP_RETENTION_DAYS: '35' });
      const [oldest] = await partitions();
      let id = '';
      await stage.startService();
      await stage.postgres.holding(`LOCK TABLE ${oldest ?? ''} IN ACCESS SHARE MODE`, async () => {
        ({ job_id: id } = await stage.api.post<{ job_id: string }>('/metrics/admin/cleanup'));
        await eventually('it has begun to remove', async () => {
          const [floor] = await stage.postgres.query<{ up: boolean }>(
            "SELECT raw_floor > now() - interval '70 days' AS up FROM retention_floor",
          );
          return floor?.up === true && (await job(id)).state === 'running';
        });
        await stage.kill();
      });
      await stage.startService();
      await eventually('the job is over', async () => (await job(id)).state === 'completed');
      const limit = Date.now() - 42 * 86_400_000;
      expect((await partitions()).filter((name) => startOf(name) < limit)).toEqual([]);
      const [rows] = await stage.postgres.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM workflow_executions WHERE started_at < now() - interval '42 days'",
      );
      expect(rows).toEqual({ n: 0 });
      expect((await stage.api.get<{ metrics_data: unknown[] }>(series)).metrics_data).toEqual(before.metrics_data);
      expect(await stage.api.post(`/metrics/admin/audit/${stage.clientId}`)).toMatchObject({ equal: true });
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );

  /** Tables of weeks, attached or not, oldest first. */
  async function partitions(): Promise<string[]> {
    const rows = await stage.postgres.query<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^workflow_executions_w' ORDER BY relname",
    );
    return rows.map(({ relname }) => relname);
  }
});

function startOf(partition: string): number {
  const [, year, month, day] = /w(\d{4})(\d\d)(\d\d)$/.exec(partition) ?? [];
  return Date.parse(`${year}-${month}-${day}`);
}
