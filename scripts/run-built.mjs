// Runs a compiled entry point, building first when a source is newer than the build: `node scripts/run-built.mjs src/main.js`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');
const sources = [
  'src',
  'migrations',
  'simulator',
  'scripts',
  'bench',
  'package.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** Newest modification time (ms) at or below a path; 0 when it does not exist. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), info.mtimeMs);
}

const entry = process.argv[2];
const hasSources = existsSync(join(root, 'src'));
const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
if (hasSources && Math.max(...sources.map((name) => newest(join(root, name)))) > builtAt) {
  if (!existsSync(join(root, 'node_modules/@nestjs/cli/bin/nest.js'))) {
    console.error('the packages are not installed: run `npm ci` first');
    process.exit(1);
  }
  console.error('building (10 to 30 s) ...');
  const startedAt = Date.now();
  const build = spawnSync(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) {
    console.error('the build failed; nothing was started');
    process.exit(1);
  }
  writeFileSync(stamp, '');
  console.error(`built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

process.argv.splice(1, 2, join(root, 'dist', entry));
await import(pathToFileURL(process.argv[1]).href);
