import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { envSchema } from '../../src/config/env.schema.js';
import {
  type Container,
  hasKubectl,
  type Manifest,
  parseManifests,
  type PodSpec,
  readResources,
  renderKustomization,
} from '../support/manifests.js';
import { known, LEAST_GRACE_SECONDS, PORT, read, Replicas, root, sourceOf, strangers } from './deployment.fixture.js';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

const BASE = 'deploy/kubernetes/base';
const OVERLAY = 'deploy/kubernetes/overlays/production';
const rendered = hasKubectl();
const cases: [string, () => Manifest[]][] = [
  ['the files of the base', () => readResources(BASE)],
  ...(rendered
    ? [BASE, OVERLAY].map((folder): [string, () => Manifest[]] => [`${folder}, rendered`, () => renderKustomization(folder)])
    : []),
];

let replicas: Replicas;

beforeAll(async () => {
  replicas = await Replicas.start();
});

afterAll(async () => {
  await replicas.stop();
});

function podOf(manifest: Manifest): PodSpec {
  return manifest.spec.template.spec;
}

describe.each(cases)('%s', (_, load) => {
  let all: Manifest[];
  let workloads: Manifest[];

  const of = (kind: string): Manifest[] => all.filter((manifest) => manifest.kind === kind);
  const containers = (): [string, Container][] =>
    workloads.flatMap(({ metadata, spec }) =>
      spec.template.spec.containers.map((container): [string, Container] => [metadata.name, container]),
    );
  const selects = (selector: Record<string, string>): string[] =>
    workloads
      .filter(({ spec }) => Object.entries(selector).every(([key, value]) => spec.template.metadata.labels[key] === value))
      .map(({ metadata }) => metadata.name);

  beforeAll(() => {
    all = load();
    workloads = [...of('Deployment'), ...of('Job')];
  });

  it('has everything that a production needs', () => {
    const kinds = [
      'ServiceAccount',
      'ConfigMap',
      'Deployment',
      'Service',
      'Job',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
    ];
    for (const kind of [...kinds, 'NetworkPolicy']) expect([kind, of(kind).length > 0]).toEqual([kind, true]);
    expect(of('Secret')).toEqual([]);
    expect(of('Deployment').map(({ metadata }) => metadata.name)).toEqual([
      'flowmastery-metrics-api',
      'flowmastery-metrics-worker',
    ]);
  });

  it('asks paths that replicas of the role answer, on the port that they listen on', async () => {
    for (const deployment of of('Deployment')) {
      for (const container of podOf(deployment).containers) {
        const role = container.env?.find(({ name }) => name === 'ROLE')?.value ?? '';
        const [port] = container.ports ?? [];
        expect(port).toEqual({ name: 'http', containerPort: PORT });
        for (const probe of PROBES) {
          const { path, port: asked } = container[probe]?.httpGet ?? { path: '', port: '' };
          expect([role, probe, asked, await replicas.statusOf(role, path)]).toEqual([role, probe, 'http', 200]);
        }
        expect(container.livenessProbe?.httpGet.path).toBe('/health/live');
      }
      expect(podOf(deployment).terminationGracePeriodSeconds).toBeGreaterThan(LEAST_GRACE_SECONDS);
    }
  });

  it('sets variables that the service reads, to values that it takes', () => {
    const [config] = of('ConfigMap');
    const given = config?.data ?? {};
    expect(strangers(Object.keys(given))).toEqual([]);
    expect(envSchema.partial().safeParse(given).error).toBeUndefined();
    expect(given.PORT).toBe(String(PORT));
    for (const [name, container] of containers()) {
      expect([name, strangers((container.env ?? []).map((one) => one.name))]).toEqual([name, []]);
      expect(container.envFrom).toEqual([
        { configMapRef: { name: config?.metadata.name } },
        { secretRef: { name: SECRET.name } },
      ]);
    }
    expect(Object.keys(given).filter((name) => SECRET.keys.includes(name))).toEqual([]);
  });

  it('runs what the image has', () => {
    const images = new Set(containers().map(([, { image }]) => image.replace(/:[^/]*$/, '').replace(/^.*\//, '')));
    expect(images).toEqual(new Set(['flowmastery-metrics']));
    const [migrate] = of('Job');
    const commands = migrate === undefined ? [] : podOf(migrate).containers.map(({ command }) => sourceOf(command ?? []));
    expect(commands).toEqual(['src/migrate.ts']);
    for (const command of commands) expect(existsSync(join(root, command))).toBe(true);
  });

  it('gives the processes no more rights than they need', () => {
    for (const { metadata, spec } of workloads) {
      const pod = spec.template.spec;
      expect([metadata.name, pod.securityContext]).toEqual([metadata.name, expect.objectContaining({ runAsNonRoot: true })]);
      expect(pod.securityContext).toMatchObject({ runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(of('ServiceAccount').map((account) => account.metadata.name)).toContain(pod.serviceAccountName);
    }
    for (const [, { securityContext, resources }] of containers()) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      for (const amounts of [resources.requests, resources.limits])
        expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
    }
  });

  it('selects the pods that it means', () => {
    const [api, worker, migrate] = ['api', 'worker', 'migrate'].map((component) => `flowmastery-metrics-${component}`);
    for (const { metadata, spec } of of('Deployment')) expect(selects(spec.selector.matchLabels ?? {})).toEqual([metadata.name]);
    expect(of('PodDisruptionBudget').map(({ spec }) => selects(spec.selector.matchLabels ?? {}))).toEqual([[api], [worker]]);
    const selected = Object.fromEntries(
      [...of('Service'), ...of('NetworkPolicy')].map(({ kind, metadata, spec }) => [
        `${kind} ${metadata.name}`,
        selects(kind === 'Service' ? spec.selector : spec.podSelector.matchLabels),
      ]),
    );
    expect(selected).toEqual({
      'Service flowmastery-metrics': [api],
      'Service flowmastery-metrics-replicas': [api, worker, migrate],
      'NetworkPolicy flowmastery-metrics': [api, worker, migrate],
      'NetworkPolicy flowmastery-metrics-api': [api],
    });
    for (const { spec } of of('Service')) expect(spec.ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
    for (const { spec } of of('NetworkPolicy')) {
      expect(spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([PORT]);
    }
    for (const { spec } of of('HorizontalPodAutoscaler')) {
      const target = of('Deployment').find(({ metadata }) => metadata.name === spec.scaleTargetRef.name);
      // A count here and an autoscaler would take turns at changing it.
      expect(target?.spec.replicas).toBeUndefined();
      expect(target).toBeDefined();
    }
  });

  it('shows the world only paths that the API answers, and not the figures for Prometheus', async () => {
    const services = of('Service').map(({ metadata }) => metadata.name);
    for (const { path, backend } of of('Ingress').flatMap(({ spec }) => spec.rules.flatMap(({ http }) => http.paths))) {
      expect(services).toContain(backend.service.name);
      expect(path).not.toBe('/');
      // 401: below `/api` everything wants a key.
      expect([path, await replicas.statusOf('api', path === '/api' ? '/api/v1/clients' : path)]).toEqual([
        path,
        path === '/api' ? 401 : 200,
      ]);
    }
  });
});

const SECRET = ((): { name: string; keys: string[]; values: Record<string, string> } => {
  const [secret] = parseManifests(read(`${BASE}/secret.example.yaml`));
  const values = secret?.stringData ?? {};
  return { name: secret?.metadata.name ?? '', keys: Object.keys(values), values };
})();

describe('the template of the secret', () => {
  it('has every secret of the service, with values that the service refuses until they are filled in', () => {
    // ENCRYPTION_KEYS_OLD is there for the time of a rotation only.
    const secrets = [...known].filter((name) => /KEY|TOKEN|_URL$/.test(name) && !name.endsWith('_OLD'));
    expect([...SECRET.keys].sort()).toEqual(secrets.sort());
    const refused = envSchema
      .partial()
      .safeParse(SECRET.values)
      .error?.issues.map(({ path }) => String(path[0]));
    expect(refused?.sort()).toEqual(secrets.sort());
  });
});

if (!rendered) {
  describe('SKIPPED: kubectl is not installed, so the kustomizations were not rendered', () => {
    it.skip('install kubectl to have them rendered', () => undefined);
  });
}
