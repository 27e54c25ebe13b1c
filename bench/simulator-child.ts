// The simulator in a process of its own, told what to do by the benchmark that started it: see support/simulator-messages.ts.
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../simulator/index.js';
import { answerAll } from './support/child.js';
import { type ServedInstance, type SimulatorRequest, type WantedInstance } from './support/simulator-messages.js';

/** Never saved ones are not listed: so much more makes at least as many as were wanted. */
const SURPLUS = 1.03;
const DAYS = 60;
/** Waits take two days at most: by now everything has ended, and the list stands still while it is measured. */
const ENDED_DAYS_AGO = 3;
const DAY_MS = 86_400_000;
const ENDED_BEFORE_MS = 2_000;

const served = new Map<string, SimulatedN8n>();

async function serve({ name, version, executions, latencyMs }: WantedInstance): Promise<ServedInstance> {
  const instance = new SimulatedInstance({ version, name, seed: name });
  const until = instance.clock.now() - ENDED_DAYS_AGO * DAY_MS;
  generateHistory(instance, { count: Math.ceil(executions * SURPLUS), days: DAYS, until, seed: name });
  let listed = 0;
  for (const row of instance.truthRows()) if (row.visible) listed += 1;
  if (latencyMs > 0) instance.faults.always({ kind: 'slow', ms: latencyMs });
  const server = await startSimulatedN8n(instance);
  served.set(name, server);
  return { name, baseUrl: server.baseUrl, apiKey: server.apiKey, listed };
}

function runMore(instance: SimulatedInstance, executions: number): void {
  const workflow = instance.database.workflows.list().find(({ settings }) => settings.saveDataSuccessExecution !== 'none');
  if (workflow === undefined) throw new Error(`${instance.name} has no workflow to run`);
  const startedAt = instance.clock.now() - ENDED_BEFORE_MS;
  for (let n = 0; n < executions; n += 1) instance.startExecution({ workflowId: workflow.id, startedAt, durationMs: 500 });
}

async function answer(request: SimulatorRequest): Promise<ServedInstance[] | null> {
  switch (request.kind) {
    case 'serve':
      return Promise.all(request.instances.map(serve));
    case 'break':
      for (const name of request.names) {
        const faults = served.get(name)?.instance.faults;
        faults?.clear();
        faults?.always(request.fault);
      }
      return null;
    case 'mend':
      for (const name of request.names) served.get(name)?.instance.faults.clear();
      return null;
    case 'run':
      for (const { instance } of served.values()) runMore(instance, request.executions);
      return null;
  }
}

answerAll(answer, async () => {
  await Promise.all([...served.values()].map((server) => server.close()));
});
