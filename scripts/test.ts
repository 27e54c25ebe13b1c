// `npm test`: starts what the tests need (PostgreSQL, unless TEST_DATABASE_URL is given), runs the borders check and Jest, cleans up.
// Arguments go to Jest: `npm test -- src/aggregator`.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded-postgres.js';

const root = resolve(import.meta.dirname, '../..');
const say = (message: string): void => {
  console.error(`[test] ${message}`);
};

/** Runs a Node program of the project to its end and gives its exit code. */
function node(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      done(code ?? 1);
    });
  });
}

/** The templates that the specs cloned their databases from are of no use after the run. */
async function dropTemplates(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const left = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^fm_template_[0-9a-f]+(_new)?$'",
  );
  for (const { datname } of left.rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  await client.end();
}

async function main(): Promise<number> {
  const jestArguments = process.argv.slice(2);
  if (jestArguments.length === 0) {
    say('checking the borders between the rooms ...');
    const borders = await node(
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'simulator',
        'scripts',
        'bench',
        'migrations',
        'test',
      ],
      process.env,
    );
    if (borders !== 0) return borders;
  }
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-test-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter it
  say(given === undefined ? 'starting an embedded PostgreSQL ...' : 'using the PostgreSQL of TEST_DATABASE_URL');
  const postgres = given === undefined ? await startEmbeddedPostgres({ dataDir, durable: false, log: say }) : null;
  const url = given ?? postgres?.url ?? '';
  try {
    say('running Jest ...');
    const output = join(root, '.test-output');
    mkdirSync(output, { recursive: true });
    const jest = [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${join(output, process.env.TEST_RESULT ?? 'jest.json')}`,
    ];
    return await node([...jest, ...jestArguments], { ...process.env, TEST_DATABASE_URL: url });
  } finally {
    await dropTemplates(url).catch((error: unknown) => {
      say(`the template database was left behind: ${String(error)}`);
    });
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await main();
