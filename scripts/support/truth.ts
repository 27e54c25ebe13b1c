/** One group of executions as the instance's own database holds them. Days are UTC. */
export interface TruthRow {
  workflow: string;
  workflow_id: string;
  time_saved_minutes: string | null;
  tags: string[];
  mode: string;
  status: string;
  day: string;
  executions: number;
  /** Sum over the group, milliseconds; `null` when none of them has ended. */
  duration_ms: number | null;
}

/** Figures of one workflow and day. */
export interface DayFigures {
  successful: number;
  failed: number;
  canceled: number;
  open: number;
  excluded: number;
  durationMs: number;
  timeSavedMinutes: number;
}

const HIDDEN_MODES = new Set(['manual', 'integrated', 'internal', 'chat', 'agent']);
const PRODUCTION_TAGS = new Set(['prod', 'production', 'live', 'main', 'stable', 'release']);
const TEST_TAGS = new Set([
  'test',
  'testing',
  'dev',
  'development',
  'debug',
  'staging',
  'demo',
  'sample',
  'experimental',
  'temp',
  'temporary',
]);
const TEST_WORDS = new Set(
  (
    'test dev debug sample demo staging tests testing tester debugging testrun testlauf testflow testworkflow sandbox playground ' +
    'wip poc uat prueba pruebas teste testi teszt deneme тест тестовый 测试 測試 テスト 테스트'
  ).split(' '),
);

/** @throws Error when the text is not a list of groups */
export function parseTruth(text: string): TruthRow[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error('the truth has to be a JSON array of groups');
  return rows.map((row: TruthRow, index) => {
    const complete = typeof row.workflow_id === 'string' && typeof row.mode === 'string' && typeof row.status === 'string';
    if (!complete || typeof row.day !== 'string' || typeof row.executions !== 'number') {
      throw new Error(`row ${index} of the truth lacks workflow_id, mode, status, day or executions`);
    }
    return row;
  });
}

/**
 * The default rules once more, written apart from the service's own so that a mistake in one shows up against the other.
 * What error texts say is not part of it, nor are phrases such as "book a demo" or scripts without spaces.
 */
export function expectedProduction(row: Pick<TruthRow, 'workflow' | 'tags' | 'mode'>): boolean {
  if (HIDDEN_MODES.has(row.mode)) return false;
  const tags = row.tags.map((tag) => tag.trim().toLowerCase());
  if (tags.some((tag) => PRODUCTION_TAGS.has(tag))) return true;
  if (tags.some((tag) => TEST_TAGS.has(tag))) return false;
  const words = row.workflow
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return !words.some((word) => TEST_WORDS.has(word));
}

/** What the service should serve: figures by `workflow id/day`. */
export function expectedFigures(rows: readonly TruthRow[]): Map<string, DayFigures> {
  const figures = new Map<string, DayFigures>();
  for (const row of rows) {
    const key = `${row.workflow_id}/${row.day}`;
    const sum = figures.get(key) ?? {
      successful: 0,
      failed: 0,
      canceled: 0,
      open: 0,
      excluded: 0,
      durationMs: 0,
      timeSavedMinutes: 0,
    };
    figures.set(key, sum);
    if (!expectedProduction(row)) sum.excluded += row.executions;
    else add(sum, row);
  }
  return figures;
}

function add(sum: DayFigures, row: TruthRow): void {
  const failed = row.status === 'error' || row.status === 'crashed';
  if (row.status === 'success') sum.successful += row.executions;
  else if (failed) sum.failed += row.executions;
  else if (row.status === 'canceled') sum.canceled += row.executions;
  else sum.open += row.executions;
  if (row.status === 'success' || failed) sum.durationMs += row.duration_ms ?? 0;
  if (row.status === 'success' && row.mode !== 'error')
    sum.timeSavedMinutes += row.executions * Number(row.time_saved_minutes ?? 0);
}
