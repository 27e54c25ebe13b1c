import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../..');

export interface Probe {
  httpGet: { path: string; port: string | number };
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: { name: string; value: string }[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  securityContext: Record<string, unknown>;
}

export interface PodSpec {
  serviceAccountName: string;
  automountServiceAccountToken: boolean;
  securityContext: Record<string, unknown>;
  terminationGracePeriodSeconds?: number;
  containers: Container[];
}

type Labels = Record<string, string>;

/** The parts of a Kubernetes object that are looked at; which ones there are depends on its kind. */
export interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels };
  data: Record<string, string>;
  stringData: Record<string, string>;
  spec: {
    replicas?: number;
    selector: Labels & { matchLabels?: Labels };
    podSelector: { matchLabels: Labels };
    template: { metadata: { labels: Labels }; spec: PodSpec };
    ports: { targetPort: string }[];
    scaleTargetRef: { kind: string; name: string };
    ingress: { ports: { port: number }[] }[];
    rules: { http: { paths: { path: string; backend: { service: { name: string } } }[] } }[];
  };
}

/** All documents of a text. @throws Error when it is no YAML */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as Manifest;
  });
}

/** The files that the kustomization in a folder names, as they stand there. */
export function readResources(folder: string): Manifest[] {
  const file = (name: string): string => readFileSync(join(root, folder, name), 'utf8');
  const { resources } = parse(file('kustomization.yaml')) as { resources: string[] };
  return resources.flatMap((name) => parseManifests(file(name)));
}

/** Whether `kubectl` is there, which renders kustomizations without a cluster. */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;
}

/** A folder as `kubectl kustomize` renders it. @throws Error with what it says */
export function renderKustomization(folder: string): Manifest[] {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(root, folder)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return parseManifests(stdout);
}
