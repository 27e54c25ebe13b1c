import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatedClock, SimulatedInstance, startLiveTraffic } from './index.js';

it('live traffic starts executions at its rate until it is stopped', async () => {
  const instance = new SimulatedInstance({ version: '2.40', clock: SimulatedClock.real() });
  instance.addWorkflow({ name: 'Orders' });
  const traffic = startLiveTraffic(instance, { perMinute: 3000 });
  await sleep(400);
  traffic.stop();
  const started = instance.truth().length;
  expect(started).toBeGreaterThan(1);
  expect(started).toBeLessThanOrEqual(21);
  await sleep(100);
  expect(instance.truth()).toHaveLength(started);
});
