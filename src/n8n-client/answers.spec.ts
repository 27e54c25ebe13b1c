import fc from 'fast-check';
import { readExecution, readExecutionPage, readFailureDetail, readWorkflowPage } from './answers.js';
import { N8nError } from './n8n-error.js';

const row = {
  id: '7',
  finished: true,
  mode: 'webhook',
  workflowId: 'w',
  startedAt: '2026-01-01T00:00:00.000Z',
  stoppedAt: null,
  waitTill: null,
  retryOf: null,
  retrySuccessId: null,
};

describe('readExecutionPage', () => {
  it('reads ids sent as numbers as text', () => {
    const [read] = readExecutionPage({ data: [{ ...row, id: 7, workflowId: 12, retryOf: 3, retrySuccessId: '' }] }).rows;
    expect(read).toMatchObject({ id: '7', workflowId: '12', retryOf: '3', retrySuccessId: null });
  });

  it('derives success where an old list has no status, and nothing else', () => {
    const { rows } = readExecutionPage({
      data: [row, { ...row, finished: false }, { ...row, finished: false, waitTill: '2026-01-02T00:00:00Z' }],
    });
    expect(rows.map(({ status }) => status)).toEqual(['success', null, null]);
  });

  it('keeps a status and a mode that nobody has heard of, and ignores unknown fields', () => {
    const [read] = readExecutionPage({ data: [{ ...row, status: 'paused', mode: 'quantum', extra: { deep: 1 } }] }).rows;
    expect(read).toMatchObject({ status: 'paused', mode: 'quantum' });
    expect(read).not.toHaveProperty('extra');
  });

  it.each([
    [{ startedAt: '2026-13-01T00:00:00.000Z' }, 'startedAt: invalid date'],
    [{ startedAt: '2026-02-30T00:00:00.000Z' }, 'startedAt: invalid date'],
    [{ stoppedAt: 'yesterday' }, 'stoppedAt: invalid date'],
    [{ waitTill: 1_700_000_000 }, 'waitTill: invalid date'],
    [{ workflowId: null }, 'workflowId: expected an id'],
    [{ mode: 5 }, 'mode: '],
    [{ id: 1e20 }, 'id: expected an id'],
    [{ workflowId: 'half \ud800' }, 'workflowId: expected an id'],
    [{ stoppedAt: '0000-01-01T00:00:00.000Z' }, 'stoppedAt: invalid date'],
    [{ waitTill: '9999-12-31T23:59:59.999-05:00' }, 'waitTill: invalid date'],
    [{ waitTill: '0001-01-01T00:00:00.000+01:00' }, 'waitTill: invalid date'],
    [{ status: 's'.repeat(256) }, 'status: too long'],
    [{ mode: 'm'.repeat(256) }, 'mode: too long'],
  ])('sets a row with %p aside and keeps the others', (change, reason) => {
    const page = readExecutionPage({ data: [row, { ...row, ...change }, { ...row, id: '5' }], nextCursor: 'abc' });
    expect(page.rows.map(({ id }) => id)).toEqual(['7', '5']);
    expect(page.setAside).toEqual([{ id: 'id' in change ? null : '7', reason: expect.stringContaining(reason) as string }]);
    expect(page.nextCursor).toBe('abc');
  });

  it('names the id of a bad row only when there is one', () => {
    const bad = [null, {}, 'x', 7, [], [row], { id: {} }, { id: 'a b' }, { id: 'x'.repeat(300) }, { id: 9 }];
    const { rows, setAside } = readExecutionPage({ data: [row, ...bad] });
    expect(rows).toHaveLength(1);
    expect(setAside.map(({ id }) => id)).toEqual([...Array<null>(9).fill(null), '9']);
    expect(setAside.every(({ reason }) => reason.length > 0 && reason.length <= 300)).toBe(true);
  });

  it('keeps ids that are no numbers', () => {
    const uuid = '0198c1de-7b1e-7000-8000-000000000001';
    expect(readExecutionPage({ data: [{ ...row, id: uuid, workflowId: '__proto__' }] }).rows[0]).toMatchObject({
      id: uuid,
      workflowId: '__proto__',
    });
  });

  it('leaves clocks that are off, and rows that repeat, to whoever stores them', () => {
    const early = { ...row, startedAt: '2026-01-01T00:00:05.000Z', stoppedAt: '2026-01-01T00:00:01.000Z' };
    const { rows, setAside } = readExecutionPage({ data: [early, early], nextCursor: 'same' });
    expect(rows.map(({ startedAt, stoppedAt }) => Number(stoppedAt) - Number(startedAt))).toEqual([-4000, -4000]);
    expect(setAside).toEqual([]);
  });

  it('never answers with a date that is none', () => {
    const digits = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
    const anyDate = fc
      .tuple(
        fc.integer({ min: 0, max: 9999 }),
        digits,
        digits,
        digits,
        digits,
        digits,
        fc.constantFrom('Z', '+14:00', '-23:59', ''),
      )
      .map(([y, mo, d, h, m, s, zone]) => `${String(y).padStart(4, '0')}-${mo}-${d}T${h}:${m}:${s}${zone}`);
    fc.assert(
      fc.property(fc.oneof(anyDate, fc.string(), fc.constant('NaN')), (startedAt) => {
        const [read] = readExecutionPage({ data: [{ ...row, startedAt }] }).rows;
        expect(Number.isNaN(read?.startedAt?.getTime() ?? 0)).toBe(false);
      }),
    );
  });

  it('takes keys that mean something to JavaScript as unknown fields', () => {
    const text = JSON.stringify({ data: [row] }).replace(
      '"id"',
      '"__proto__":{"polluted":true},"constructor":{"prototype":1},"id"',
    );
    const [read] = readExecutionPage(JSON.parse(text)).rows;
    expect(read).toMatchObject({ id: '7', finished: true });
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is not impressed by depth', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(readExecutionPage({ data: [{ ...row, extra: deep }, deep] })).toMatchObject({
      rows: [{ id: '7' }],
      setAside: [{ id: null }],
    });
  });

  it.each([null, [], 'x', {}, { data: {} }, { data: null }, { data: [], nextCursor: 5 }])('refuses %p as a page', (answer) => {
    expect(() => readExecutionPage(answer)).toThrow(N8nError);
    expect(() => readExecutionPage(answer)).toThrow(/not a page/);
  });

  it('refuses a flood of rows at once, whatever they are', () => {
    expect(() => readExecutionPage({ data: Array(1_000_000).fill({}), nextCursor: null })).toThrow(/more than 2500 rows/);
  });

  it('accounts for every row of any page', () => {
    const anyRow = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), workflowId: fc.anything(), startedAt: fc.anything(), mode: fc.string() }),
      fc.constant(row),
    );
    fc.assert(
      fc.property(fc.array(anyRow), (data) => {
        const { rows, setAside } = readExecutionPage({ data });
        expect(rows.length + setAside.length).toBe(data.length);
        expect(rows.every(({ startedAt }) => startedAt === null || !Number.isNaN(startedAt.getTime()))).toBe(true);
      }),
    );
  });
});

describe('readWorkflowPage', () => {
  const workflow = { id: 'w', name: 'Orders', active: true };

  it('reads a bare workflow with everything absent', () => {
    expect(readWorkflowPage({ data: [workflow] }).rows[0]).toEqual({
      id: 'w',
      name: 'Orders',
      active: true,
      archived: false,
      tags: [],
      createdAt: null,
      updatedAt: null,
      settings: {
        timeSavedMinutes: null,
        timeSavedMode: null,
        timezone: null,
        errorWorkflow: null,
        saveSuccess: null,
        saveError: null,
      },
    });
  });

  it('takes nothing but the settings that it can read', () => {
    const settings = {
      timeSavedPerExecution: -3,
      timeSavedMode: 'fixed',
      timezone: 7,
      errorWorkflow: 'e',
      saveDataSuccessExecution: 'none',
      saveDataErrorExecution: 'all',
    };
    expect(readWorkflowPage({ data: [{ ...workflow, settings }] }).rows[0]?.settings).toEqual({
      timeSavedMinutes: null,
      timeSavedMode: 'fixed',
      timezone: null,
      errorWorkflow: 'e',
      saveSuccess: 'none',
      saveError: 'all',
    });
  });

  it('takes no time saved that could not be stored', () => {
    const minutes = (timeSavedPerExecution: number): number | null | undefined =>
      readWorkflowPage({ data: [{ ...workflow, settings: { timeSavedPerExecution } }] }).rows[0]?.settings.timeSavedMinutes;
    expect([0, 7.25, 99_999_999, 1e8, 1e300].map(minutes)).toEqual([0, 7.25, 99_999_999, null, null]);
  });

  it('reads tags as objects or names and drops what is neither', () => {
    expect(
      readWorkflowPage({ data: [{ ...workflow, tags: [{ id: '1', name: 'prod' }, 'old', 5, null, {}] }] }).rows[0]?.tags,
    ).toEqual(['prod', 'old']);
  });

  it('removes U+0000, which the database cannot hold', () => {
    expect(readWorkflowPage({ data: [{ ...workflow, name: 'a\u0000b' }] }).rows[0]?.name).toBe('ab');
  });

  it('removes half surrogate pairs, which its jsonb cannot hold', () => {
    const [read] = readWorkflowPage({ data: [{ ...workflow, name: 'a\ud800b', tags: ['c\udc00', '\u{1f600}'] }] }).rows;
    expect(read).toMatchObject({ name: 'ab', tags: ['c', '\u{1f600}'] });
  });

  it('cuts off names and lists of tags that nobody can read', () => {
    const tags = Array.from({ length: 50_000 }, (_, n) => ({ name: `tag ${n}` }));
    const [read] = readWorkflowPage({ data: [{ ...workflow, name: 'x'.repeat(1_000_000), tags }] }).rows;
    expect(read?.name).toHaveLength(1_000);
    expect(read?.tags).toHaveLength(200);
  });

  it('never lets nodes, pinned data or static data through', () => {
    const [read] = readWorkflowPage({
      data: [{ ...workflow, nodes: [{ parameters: { token: 's' } }], pinData: { s: 1 }, staticData: { s: 1 } }],
    }).rows;
    expect(Object.keys(read ?? {}).sort()).toEqual([
      'active',
      'archived',
      'createdAt',
      'id',
      'name',
      'settings',
      'tags',
      'updatedAt',
    ]);
  });
});

describe('readFailureDetail', () => {
  it('falls back to the last node that ran', () => {
    const data = { resultData: { lastNodeExecuted: 'HTTP', error: { message: 'no', name: 'NodeApiError' } } };
    expect(readFailureDetail({ ...row, data })).toMatchObject({
      message: 'no',
      errorType: 'NodeApiError',
      node: 'HTTP',
      customData: null,
    });
  });

  it('reads a crash without payload', () => {
    expect(readFailureDetail({ ...row, status: 'crashed' })).toMatchObject({
      execution: { status: 'crashed' },
      message: null,
      errorType: null,
      node: null,
    });
  });

  it('keeps keys that mean something to JavaScript out of the custom data', () => {
    const customData = JSON.parse('{"__proto__":{"polluted":true},"plan":"gold"}') as unknown;
    const detail = readFailureDetail({ ...row, customData });
    expect(detail.customData).toEqual({ plan: 'gold' });
    expect((detail.customData as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('reads any payload, however odd', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (data, customData) => {
        expect(readFailureDetail({ ...row, data, customData }).execution.id).toBe('7');
      }),
    );
  });
});

describe('readExecution', () => {
  it('refuses something else', () => {
    expect(() => readExecution({ message: 'hi' })).toThrow(/unreadable execution/);
  });
});
