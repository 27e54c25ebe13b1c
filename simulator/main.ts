import { type CliOptions, help, readOptions } from './cli-options.js';
import { generateHistory } from './history/generate-history.js';
import { startLiveTraffic } from './live-traffic.js';
import { startSimulatedN8n } from './server.js';
import { SimulatedInstance } from './simulated-instance.js';

async function run({ version, port, executions, days, seed, live, perMinute }: CliOptions): Promise<void> {
  const instance = new SimulatedInstance({ version, seed });
  generateHistory(instance, { count: executions, days, seed });
  const n8n = await startSimulatedN8n(instance, { port });
  const traffic = live ? startLiveTraffic(instance, { perMinute, seed }) : null;
  console.log(`n8n ${version} (simulated) at ${n8n.baseUrl}`);
  console.log(`API key: ${n8n.apiKey}`);
  console.log(`${executions} executions over ${days} days${live ? `, ${perMinute} more a minute` : ''}. Try:\n`);
  console.log(`  curl -H 'X-N8N-API-KEY: ${n8n.apiKey}' '${n8n.baseUrl}/api/v1/executions?limit=3'\n`);
  console.log('Ctrl-C stops it.');
  const stop = (): void => {
    traffic?.stop();
    void n8n.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(help);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('npm run simulator -- --help lists the options.');
  process.exitCode = 1;
}
