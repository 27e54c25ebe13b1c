import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { envSchema } from '../../src/config/env.schema.js';
import { startTestApp, type TestApp } from '../support/app.js';

export const root = join(import.meta.dirname, '../..');
export const PORT = 3000;
/** Up to 10 s of the process itself, and what is before and after it. */
export const LEAST_GRACE_SECONDS = 15;

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Every variable that the service reads. */
export const known = new Set(Object.keys(envSchema.shape));
export const strangers = (names: string[]): string[] => names.filter((name) => !known.has(name));

/** The source of what a command of the image runs: `dist/src/x.js` is built from `src/x.ts`. */
export function sourceOf(command: readonly string[]): string {
  const [program, file = ''] = command;
  expect(program).toBe('node');
  return file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** A replica of each role, to be asked what the manifests would ask it. */
export class Replicas {
  private constructor(private readonly apps: ReadonlyMap<string, TestApp>) {}

  static async start(): Promise<Replicas> {
    const apps = new Map<string, TestApp>();
    for (const role of ['api', 'worker']) apps.set(role, await startTestApp({ ROLE: role, LOG_LEVEL: 'silent' }));
    return new Replicas(apps);
  }

  async stop(): Promise<void> {
    for (const app of this.apps.values()) await app.close();
  }

  async statusOf(role: string, path: string): Promise<number> {
    const app = this.apps.get(role);
    if (app === undefined) throw new Error(`no role ${role}`);
    return (await fetch(`${app.url}${path}`)).status;
  }
}
