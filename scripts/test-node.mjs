// `npm run test:node -- 24`: the whole test suite on another version of Node, which npm fetches as the package `node`. More arguments go to Jest.
import { spawnSync } from 'node:child_process';

const [version, ...jestArguments] = process.argv.slice(2);
if (version === undefined || !/^\d+(\.\d+){0,2}$/.test(version)) {
  console.error('which Node? For example: npm run test:node -- 24');
  process.exit(2);
}
const command = ['node', 'scripts/run-built.mjs', 'scripts/test.js', ...jestArguments];
const run = (program) =>
  spawnSync('npm', ['exec', '--yes', `--package=node@${version}`, '--', ...program], { stdio: 'inherit' }).status ?? 1;
process.exitCode = run(['node', '--version']) || run(command);
