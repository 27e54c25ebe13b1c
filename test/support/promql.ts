import { parser } from '@prometheus-io/lezer-promql';

/** What an expression asks for. */
export interface Asked {
  /** Metrics with the labels that are compared, and the values that they are compared with exactly. */
  metrics: { name: string; labels: Record<string, string[]> }[];
  /** Labels that results are grouped by. */
  groupedBy: string[];
}

type Cursor = ReturnType<ReturnType<typeof parser.parse>['cursor']>;

/** Reads an expression with Prometheus's own grammar. @throws Error when it is none */
export function readPromql(expression: string): Asked {
  const asked: Asked = { metrics: [], groupedBy: [] };
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) throw new Error(`not PromQL at ${node.from}: ${expression}`);
      const text = (): string => expression.slice(node.from, node.to);
      if (node.name === 'VectorSelector') asked.metrics.push({ name: '', labels: {} });
      const metric = asked.metrics.at(-1);
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector' && metric !== undefined) metric.name = text();
      if (node.name === 'UnquotedLabelMatcher' && metric !== undefined) addMatcher(expression, node.node.cursor(), metric.labels);
      if (node.name === 'LabelName' && node.node.parent?.name === 'GroupingLabels') asked.groupedBy.push(text());
    },
  });
  return asked;
}

/** `label="value"`, or `label=~"a|b"` when it is only a choice of words. */
function addMatcher(expression: string, cursor: Cursor, labels: Record<string, string[]>): void {
  const [, label = '', operator = '', value = ''] =
    /^\s*(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/s.exec(expression.slice(cursor.from, cursor.to)) ?? [];
  const words = operator.includes('~') && !/^[\w-]+(\|[\w-]+)*$/.test(value) ? [] : value.split('|');
  labels[label] = [...(labels[label] ?? []), ...words];
}
