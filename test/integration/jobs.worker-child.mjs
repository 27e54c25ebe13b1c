// A worker in a process of its own, for tests that kill it: `node jobs.worker-child.mjs <database url>`.
// The sources are TypeScript, so they go through swc here as they do in Jest.
import 'reflect-metadata';
import { register } from 'node:module';

const hooks = `
  import { readFile } from 'node:fs/promises';
  import { createRequire } from 'node:module';
  import { fileURLToPath } from 'node:url';

  const { transform } = createRequire(${JSON.stringify(import.meta.url)})('@swc/core');

  const own = (url) => url?.startsWith('file:') && !url.includes('/node_modules/');

  export async function resolve(specifier, context, next) {
    const typescript = own(context.parentURL) && /^\\.{1,2}\\//.test(specifier) && specifier.endsWith('.js');
    return next(typescript ? specifier.slice(0, -3) + '.ts' : specifier, context);
  }

  export async function load(url, context, next) {
    if (!own(url) || !url.endsWith('.ts')) return next(url, context);
    const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), {
      filename: fileURLToPath(url),
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        keepClassNames: true,
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, import.meta.url);

const { NestFactory } = await import('@nestjs/core');
const { ClockModule } = await import('../../src/common/index.ts');
const { ConfigModule } = await import('../../src/config/index.ts');
const { DatabaseModule } = await import('../../src/database/index.ts');
const { JobsModule, JobsService } = await import('../../src/jobs/index.ts');

const [, , url] = process.argv;
const config = { role: 'worker', syncConcurrency: 1, databasePoolSize: 2 };
const root = {
  module: class Root {},
  imports: [ConfigModule.forRoot(config), DatabaseModule.forRoot(url), ClockModule, JobsModule],
};
const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
// createApplicationContext has begun to take jobs already, so the handler of the test waits for a job that comes later.
app.get(JobsService).registerHandler('sleepy', () => {
  process.send('started');
  return new Promise(() => undefined);
});
process.send('ready');
