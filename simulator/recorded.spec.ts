import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SimulatedN8n, type SimulatedVersion, stepNodes, triggerNode } from './index.js';
import { shapeOf } from './spec-shape.js';
import { closeAll, noon, serve } from './spec-support.js';

interface Recording {
  request: string;
  status: number;
  contentType: string;
  body: unknown;
}

const folder = join(import.meta.dirname, '../test/fixtures/n8n');

const emulates: Record<string, SimulatedVersion> = { '1.100.1': '1.100', '2.4.8': '2.4', '2.40.7': '2.40' };

/** The recorded instances list their workflows in an order of their own. */
const order: Record<SimulatedVersion, string[]> = {
  '1.100': ['CRM lead router', 'Approval wait'],
  '2.4': ['Orders - production', 'CRM lead router'],
  '2.40': ['Slow report', 'Orders - production'],
};

const steps: Record<string, string[]> = {
  'CRM lead router': ['stopAndError'],
  'Approval wait': ['wait', 'set'],
  'Orders - production': ['set'],
  'Slow report': ['wait', 'set'],
};

/** The same life as the recorded instances had: successes, failures, one that waits, one that runs. */
async function recordedInstance(version: SimulatedVersion): Promise<SimulatedN8n> {
  const n8n = await serve({ version });
  const { instance } = n8n;
  for (const name of new Set([...order[version], ...Object.keys(steps)])) {
    const settings = name.startsWith('Orders') ? { timeSavedPerExecution: 12 } : {};
    const nodes = [triggerNode('webhook', 'lead'), ...stepNodes(steps[name] ?? [], instance.random)];
    instance.addWorkflow({ id: name, name, settings, nodes });
  }
  instance.addWorkflow({ name: 'Tagged', tags: ['staging'] });
  const startedAt = noon - 60_000;
  const start = (workflowId: string, outcome: 'success' | 'error' = 'success'): string =>
    instance.startExecution({ workflowId, outcome, startedAt, durationMs: 4 });
  for (let i = 0; i < 4; i++) start('CRM lead router', 'error');
  for (let i = 0; i < 6; i++) start('Orders - production');
  instance.startWaiting({ workflowId: 'Approval wait', startedAt, waitTill: noon + 3_600_000 });
  for (let i = 0; i < 3; i++) start('Orders - production');
  instance.startExecution({ workflowId: 'Slow report', durationMs: 20_000 });
  return n8n;
}

function recordings(release: string): [string, Recording][] {
  const names = readdirSync(join(folder, release)).sort();
  return names.map((name) => [name, JSON.parse(readFileSync(join(folder, release, name), 'utf8')) as Recording]);
}

/** The recorded id becomes one of ours that ended in the same way; the id that was missing is missing here too. */
function ownPath(n8n: SimulatedN8n, { request, body, status }: Recording): string {
  const path = request.replace(/^GET /, '');
  if (status !== 200) return path;
  return path.replace(/(?<=executions\/)\d+/, () => {
    const wanted = (body as { status: string }).status;
    const match = n8n.instance.truth().find((row) => row.status === wanted);
    if (match === undefined) throw new Error(`nothing is ${wanted} here`);
    return match.id;
  });
}

function keyFor(name: string, n8n: SimulatedN8n): Record<string, string> {
  if (name === 'no-key.json') return {};
  return { 'x-n8n-api-key': name === 'bad-key.json' ? 'not-the-key' : n8n.apiKey };
}

afterAll(closeAll);

it('knows every recorded release', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(emulates).sort());
});

describe.each(Object.entries(emulates))('n8n %s, emulated as %s,', (release, version) => {
  let n8n: SimulatedN8n;

  beforeAll(async () => {
    n8n = await recordedInstance(version);
  });

  it.each(recordings(release))('answers like %s', async (name, recorded) => {
    expect(recorded.request).toMatch(/^GET \/api\/v1\//);
    const response = await fetch(n8n.baseUrl + ownPath(n8n, recorded), { headers: keyFor(name, n8n) });
    const body: unknown = await response.json();
    expect({ status: response.status, contentType: response.headers.get('content-type') }).toEqual({
      status: recorded.status,
      contentType: recorded.contentType,
    });
    if (recorded.status === 200) expect(shapeOf(body, recorded.body)).toEqual(shapeOf(recorded.body, recorded.body));
    else expect(body).toEqual(recorded.body);
  });
});

describe('the comparison', () => {
  const recorded = recordings('2.40.7').find(([name]) => name === 'executions-page.json')?.[1].body;
  const shape = shapeOf(recorded, recorded);
  const changed = (from: string, to: string): unknown => JSON.parse(JSON.stringify(recorded).replaceAll(from, to));

  it.each([
    ['a renamed key', '"waitTill"', '"waitUntil"'],
    ['another type', '"finished":true', '"finished":"true"'],
    ['a number that was text', '"id":"40"', '"id":40'],
    ['a null that was a date', '"stoppedAt":"2026-11-23T14:13:19.126Z"', '"stoppedAt":null'],
    ['another cursor', 'eyJsYXN0SWQiOiIzNyIsImxpbWl0Ijo0fQ==', 'eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ=='],
  ])('notices %s', (_what, from, to) => {
    expect(shapeOf(changed(from, to), recorded)).not.toEqual(shape);
  });

  it('does not mind other values', () => {
    expect(shapeOf(changed('"40"', '"41"'), recorded)).toEqual(shape);
  });
});
