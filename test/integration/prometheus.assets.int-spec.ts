import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Sample } from '../support/exposition.js';
import { type Asked, readPromql } from '../support/promql.js';
import { ObservedService } from './prometheus.fixture.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What Prometheus itself adds to every sample, and makes of every target. */
const TARGET_LABELS = ['job', 'instance'];
const OF_PROMETHEUS = new Map([['up', new Set(TARGET_LABELS)]]);

interface RuleFile {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string>; labels: { severity: string } }[] }[];
}

interface Dashboard {
  panels: { title: string; type: string; targets?: { expr: string }[] }[];
  templating: { list: { name: string; type: string; definition?: string }[] };
  annotations: { list: { expr: string }[] };
}

const alerts = (parse(read('deploy/prometheus/alerts.yml')) as RuleFile).groups.flatMap(({ rules }) => rules);
const dashboards = readdirSync(join(root, 'deploy/grafana')).map(
  (file) => [file, JSON.parse(read(`deploy/grafana/${file}`)) as Dashboard] as const,
);

/** Grafana's own variables are no PromQL. */
const plain = (expression: string): string => expression.replaceAll('$__rate_interval', '5m');

describe('dashboards and alert rules', () => {
  let world: ObservedService;
  let labels: Map<string, Set<string>>;
  let values: Map<string, Set<string>>;

  beforeAll(async () => {
    world = await ObservedService.start();
    await world.api.get('/metrics/all');
    await world.samples();
    const samples = await world.samples();
    labels = new Map(OF_PROMETHEUS);
    values = new Map();
    for (const sample of samples) collect(sample);
  });

  function collect({ name, labels: own }: Sample): void {
    labels.set(name, new Set([...(labels.get(name) ?? TARGET_LABELS), ...Object.keys(own)]));
    for (const [label, value] of Object.entries(own)) values.set(label, new Set([...(values.get(label) ?? []), value]));
  }

  afterAll(async () => {
    await world.close();
  });

  function complaints(expression: string): string[] {
    const { metrics, groupedBy }: Asked = readPromql(plain(expression));
    const known = new Set(metrics.flatMap(({ name }) => [...(labels.get(name) ?? [])]));
    return [
      ...metrics.filter(({ name }) => !labels.has(name)).map(({ name }) => `there is no metric ${name}`),
      ...metrics.flatMap(({ name, labels: compared }) =>
        Object.entries(compared).flatMap(([label, wanted]) => [
          ...(labels.get(name)?.has(label) === false ? [`${name} has no label ${label}`] : []),
          ...(TARGET_LABELS.includes(label) ? [] : wanted)
            .filter((value) => values.get(label)?.has(value) !== true)
            .map((value) => `${label} is never ${value}`),
        ]),
      ),
      ...groupedBy.filter((label) => !known.has(label)).map((label) => `nothing here has the label ${label}`),
    ];
  }

  it('the check finds what does not exist', () => {
    expect(complaints('rate(flowmastery_nothing_total[5m])')).toEqual(['there is no metric flowmastery_nothing_total']);
    expect(complaints('flowmastery_clients{colour="red"}')).toEqual([
      'flowmastery_clients has no label colour',
      'colour is never red',
    ]);
    expect(complaints('sum by (colour) (flowmastery_clients{status=~"stale|rotten"})')).toEqual([
      'status is never rotten',
      'nothing here has the label colour',
    ]);
    expect(() => complaints('sum by (')).toThrow('not PromQL');
  });

  it.each(alerts.map(({ alert, expr }) => [alert, expr]))('the rule %s uses metrics and labels that exist', (_, expr) => {
    expect(complaints(expr)).toEqual([]);
  });

  it('every rule says what happened, what to do and how urgent it is, and is explained in the documentation', () => {
    const text = read('docs/monitoring.md');
    for (const { alert, annotations, labels: own } of alerts) {
      expect([alert, Object.keys(annotations).sort()]).toEqual([alert, ['description', 'summary']]);
      expect(['page', 'ticket']).toContain(own.severity);
      expect(text).toContain(`| \`${alert}\` |`);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it.each(dashboards)('the panels of %s use metrics and labels that exist', (_, { panels, annotations, templating }) => {
    const expressions = [
      ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
      ...annotations.list.map(({ expr }) => expr),
      ...templating.list.flatMap(({ definition }) => (definition === undefined ? [] : [selectorOf(definition)])),
    ];
    expect(expressions.length).toBeGreaterThan(20);
    expect(expressions.flatMap((expression) => complaints(expression).map((text) => `${expression}: ${text}`))).toEqual([]);
  });

  it('every figure of the service is explained in the documentation, and no other', () => {
    const shown = [...labels.keys()].filter((name) => name.startsWith('flowmastery_')).map(withoutSuffix);
    const explained = [...read('docs/monitoring.md').matchAll(/^\| `(flowmastery_\w+)` \|/gm)].map(([, name = '']) => name);
    expect(explained.sort()).toEqual([...new Set(shown)].sort());
  });

  function withoutSuffix(name: string): string {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    return labels.has(`${base}_bucket`) ? base : name;
  }
});

/** `label_values(metric, label)` of Grafana as PromQL. */
function selectorOf(definition: string): string {
  const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(definition) ?? [];
  return `count by (${label}) (${metric})`;
}
