import { type IncomingHttpHeaders } from 'node:http';
import { type SimulatedInstance } from '../simulated-instance.js';
import { type Answer, ApiError, json, type Query } from './answer.js';
import { getExecution, listExecutions } from './executions.js';
import { insightsSummary } from './insights.js';
import { getWorkflow, listTags, listWorkflows } from './workflows.js';
import { type Padding } from './execution-data.js';

export type Endpoint =
  'executions' | 'execution' | 'workflows' | 'workflow' | 'tags' | 'projects' | 'insights' | 'discover' | 'unknown';

export interface Question {
  endpoint: Endpoint;
  /** From the path; empty where there is none. */
  id: string;
  query: Query;
  headers: IncomingHttpHeaders;
  looping: boolean;
  padding: Padding;
}

const needsFeature = 'feat:projectRole:admin';
const paths: Readonly<Record<string, Endpoint>> = {
  executions: 'executions',
  workflows: 'workflows',
  tags: 'tags',
  projects: 'projects',
  discover: 'discover',
  'insights/summary': 'insights',
};

export function endpointOf(method: string, path: string): { endpoint: Endpoint; id: string } {
  const rest = method === 'GET' ? /^\/api\/v1\/(.+?)\/?$/.exec(path)?.[1] : undefined;
  const listed = rest === undefined ? undefined : paths[rest];
  if (listed !== undefined) return { endpoint: listed, id: '' };
  const one = /^(execution|workflow)s\/([^/]+)$/.exec(rest ?? '');
  if (one?.[1] === undefined || one[2] === undefined) return { endpoint: 'unknown', id: '' };
  return { endpoint: one[1] === 'execution' ? 'execution' : 'workflow', id: decodeURIComponent(one[2]) };
}

export function answer(instance: SimulatedInstance, question: Question): Answer {
  try {
    instance.settle();
    return json(200, resultOf(instance, question));
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { message: error.message });
    throw error;
  }
}

function resultOf(instance: SimulatedInstance, question: Question): unknown {
  const { dialect } = instance;
  const { endpoint, id, query, headers, looping, padding } = question;
  const exists = { insights: dialect.insights, discover: dialect.discover, unknown: false };
  if (endpoint in exists && !exists[endpoint as keyof typeof exists]) throw new ApiError(404, 'not found');
  authenticate(instance, headers);
  switch (endpoint) {
    case 'executions':
      return listExecutions(instance, query, looping);
    case 'execution':
      return getExecution(instance, id, query, padding);
    case 'workflows':
      return listWorkflows(instance, query, looping);
    case 'workflow':
      return getWorkflow(instance, id, query);
    case 'tags':
      return listTags(instance, query, looping);
    case 'insights':
      return insightsSummary(instance, query);
    case 'discover':
      return discovered;
    case 'projects':
      throw new ApiError(
        403,
        `Your license does not allow for ${needsFeature}. To enable ${needsFeature}, please upgrade to a license that supports this feature.`,
      );
    case 'unknown':
      throw new ApiError(404, 'not found');
  }
}

const discovered = {
  data: {
    scopes: ['execution:list', 'execution:read', 'workflow:list', 'workflow:read', 'tag:list', 'insights:read'],
    resources: { execution: { operations: ['list', 'read'] }, workflow: { operations: ['list', 'read'] } },
  },
};

function authenticate({ apiKey, apiKeyExpiresAt, clock, dialect }: SimulatedInstance, headers: IncomingHttpHeaders): void {
  const key = headers['x-n8n-api-key'];
  if (key === undefined) throw new ApiError(401, dialect.missingKey);
  const expired = apiKeyExpiresAt !== null && clock.now() >= apiKeyExpiresAt;
  if (key !== apiKey || expired) throw new ApiError(401, dialect.wrongKey);
}
