import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LEAST_GRACE_SECONDS, PORT, read, Replicas, root, sourceOf, strangers } from './deployment.fixture.js';

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string().optional(),
      build: z.string().optional(),
      environment: z.record(z.string(), z.coerce.string()).optional(),
      ports: z.array(z.string()).optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
      volumes: z.array(z.string()).optional(),
      profiles: z.array(z.string()).optional(),
      stop_grace_period: z.string().optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

describe('docker-compose.yml', () => {
  const { services, volumes } = compose.parse(parse(read('docker-compose.yml'), { merge: true }));

  it('runs an api and a worker with variables that the service reads, and fails without its secrets', () => {
    for (const role of ['api', 'worker']) {
      const { environment = {}, build } = services[role] ?? {};
      expect(build).toBe('.');
      expect(environment).toMatchObject({ ROLE: role, PORT: String(PORT) });
      expect(strangers(Object.keys(environment))).toEqual([]);
      for (const secret of ['ADMIN_API_KEY', 'ENCRYPTION_KEY'])
        expect(environment[secret]).toMatch(new RegExp(`^\\$\\{${secret}:\\?give `));
      expect(environment.DATABASE_URL).toMatch(/\$\{POSTGRES_PASSWORD:\?give [^}]+\}@postgres:5432\/metrics$/);
      expect(Number.parseInt(services[role]?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(LEAST_GRACE_SECONDS);
    }
    expect(services.api?.ports).toEqual([`\${PORT:-${PORT}}:${PORT}`]);
  });

  it('waits for services that say when they are healthy, and keeps their data', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const name of Object.keys(depends_on)) expect([name, services[name]?.healthcheck !== undefined]).toEqual([name, true]);
    }
    const used = Object.values(services).flatMap(({ volumes: own = [] }) => own.map((volume) => volume.split(':', 1)[0]));
    expect(used.sort()).toEqual(Object.keys(volumes).sort());
    expect(
      Object.entries(services)
        .filter(([, { profiles }]) => profiles !== undefined)
        .map(([name]) => name),
    ).toEqual(['n8n']);
  });
});

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await Replicas.start();
  });

  afterAll(async () => {
    await replicas.stop();
  });

  it('runs as nobody special, what it was built from, and asks a path that replicas answer', async () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
    expect(existsSync(join(root, sourceOf(command)))).toBe(true);
    const path = /127\.0\.0\.1:\$\{process\.env\.PORT\}(\/[\w/]+)/.exec(dockerfile)?.[1] ?? '';
    for (const role of ['api', 'worker']) expect(await replicas.statusOf(role, path)).toBe(200);
    expect(dockerfile).toMatch(new RegExp(`PORT=${PORT}\\b`));
    expect(new Set([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image))).toEqual(
      new Set(['node:24-slim', 'base']),
    );
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
    const ignored = read('.dockerignore');
    expect(copied.length).toBeGreaterThan(5);
    for (const file of copied) {
      expect(existsSync(join(root, file))).toBe(true);
      expect(ignored).toContain(`!${file}\n`);
    }
    expect(ignored).toMatch(/^\*$/m);
  });
});
