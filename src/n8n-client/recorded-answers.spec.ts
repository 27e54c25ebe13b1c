import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readExecutionPage, readFailureDetail, readWorkflowPage } from './answers.js';
import { N8nClient, N8nError, type N8nTarget } from './index.js';

/** Answers of real instances: test/fixtures/n8n/<version>/<name>.json. */
interface Recording {
  request: string;
  status: number;
  contentType: string;
  body: unknown;
}

const ROOT = join(process.cwd(), 'test', 'fixtures', 'n8n');
const directories = existsSync(ROOT) ? readdirSync(ROOT, { withFileTypes: true }) : [];
const recordings = directories
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: version }) =>
    readdirSync(join(ROOT, version))
      .filter((file) => file.endsWith('.json'))
      .map((file): [string, Recording] => [`${version}/${file.replace('.json', '')}`, read(join(ROOT, version, file))]),
  );
const named = (name: string) =>
  recordings.filter(([path]) => path.endsWith(`/${name}`)).map(([path, { body }]) => [path, body] as const);

function read(path: string): Recording {
  return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

/** Recordings may shorten a long body to a line of prose in brackets; such a body proves nothing here. */
function isWhole(body: unknown): boolean {
  return !JSON.stringify(body).includes('"(');
}

function pagesOf(start: string): [string, unknown][] {
  return recordings
    .filter(([path, { status, body }]) => path.includes(`/${start}`) && status === 200 && isWhole(body))
    .map(([path, { body }]) => [path, body]);
}

describe('recorded answers', () => {
  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(30);
  });

  it('hold no execution that would be set aside, and every row has what the rest relies on', () => {
    for (const [path, body] of pagesOf('executions-')) {
      const { rows, setAside } = readExecutionPage(body);
      expect([path, setAside]).toEqual([path, []]);
      for (const row of rows) {
        expect([path, row.id, row.workflowId]).toEqual([path, expect.stringMatching(/^\d+$/), expect.stringMatching(/./)]);
        if (!path.startsWith('1.')) expect([path, row.status]).toEqual([path, expect.stringMatching(/./)]);
      }
    }
  });

  it('hold no workflow that would be set aside', () => {
    for (const [path, body] of pagesOf('workflows-')) {
      const { rows, setAside } = readWorkflowPage(body);
      expect([path, setAside, rows.length]).toEqual([path, [], 2]);
    }
  });

  it('tell why an execution failed, in every version', () => {
    const failures = named('execution-error-with-data');
    expect(failures.length).toBeGreaterThan(0);
    for (const [path, body] of failures) {
      expect([path, readFailureDetail(body)]).toEqual([
        path,
        expect.objectContaining({
          message: 'Payment gateway refused: card declined',
          errorType: 'NodeOperationError',
          node: 'Stop and Error',
          execution: expect.objectContaining({ status: 'error' }) as unknown,
        }),
      ]);
    }
  });
});

describe('recorded answers over HTTP', () => {
  let server: Server;
  let recording: Recording;
  let client: N8nClient;

  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(recording.status, { 'content-type': recording.contentType }).end(JSON.stringify(recording.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new N8nClient({ userAgentVersion: '1.2.3', allowPrivateNetworks: true });
  });

  afterAll(async () => {
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const outcome = async (name: string, given: Recording): Promise<string> => {
    recording = given;
    const { port } = server.address() as AddressInfo;
    const target: N8nTarget = { clientId: 1, baseUrl: `http://127.0.0.1:${port}`, apiKey: 'key', requestsPerMinute: 1000 };
    const call = /execution(-|$)/.test(name) ? client.getExecution(target, '1') : client.listExecutions(target);
    return call.then(
      (result) => (result === null ? 'null' : 'ok'),
      (error: unknown) => (error instanceof N8nError ? error.code : String(error)),
    );
  };

  const expected: Record<string, string> = {
    'bad-key': 'bad_key',
    'no-key': 'bad_key',
    'execution-missing': 'null',
    execution: 'ok',
    'execution-error-with-data': 'ok',
    'executions-page': 'ok',
    'executions-bad-cursor': 'bad_request',
    'executions-bad-status': 'bad_request',
    projects: 'forbidden',
  };

  it('become what the contract says', async () => {
    for (const [path, given] of recordings) {
      const name = path.split('/')[1] ?? '';
      const code = expected[name];
      if (code !== undefined) expect([path, await outcome(name, given)]).toEqual([path, code]);
    }
  });

  it('refuse status=running and startedAfter only where n8n did', async () => {
    for (const [path, given] of recordings.filter(([each]) => /executions-(running|started-after)$/.test(each))) {
      expect([path, await outcome('executions', given)]).toEqual([path, given.status === 400 ? 'bad_request' : 'ok']);
    }
  });
});
