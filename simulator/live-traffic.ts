import { Random } from './random.js';
import { type SimulatedInstance } from './simulated-instance.js';

/** Keeps starting executions by the real clock until stopped; at most `perMinute`, evenly. Needs workflows to run. */
export function startLiveTraffic(
  instance: SimulatedInstance,
  { perMinute, seed = 'live' }: { perMinute: number; seed?: number | string },
): { stop: () => void } {
  const random = new Random(seed);
  const timer = setInterval(() => {
    startOne(instance, random);
  }, 60_000 / perMinute);
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

function startOne(instance: SimulatedInstance, random: Random): void {
  const workflows = instance.database.workflows.list().filter(({ active }) => active);
  if (workflows.length === 0) return;
  const workflow = random.pick(workflows);
  const scheduled = workflow.nodes[0]?.type === 'n8n-nodes-base.scheduleTrigger';
  const waits = workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.wait');
  const execution = {
    workflowId: workflow.id,
    mode: scheduled ? ('trigger' as const) : ('webhook' as const),
    durationMs: Math.round(random.logNormal(2000, 1)),
    outcome: random.chance(0.92) ? ('success' as const) : ('error' as const),
  };
  if (waits) instance.startWaiting({ ...execution, waitTill: instance.clock.now() + 60_000 + random.below(600_000) });
  else instance.startExecution(execution);
}
