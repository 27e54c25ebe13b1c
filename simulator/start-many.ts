import { startSimulatedN8n, type SimulatedN8n } from './server.js';
import { type SimulatedInstance } from './simulated-instance.js';

export interface RunningSimulator {
  /** The first instance's; with a fixed port the others follow one by one. */
  readonly port: number;
  readonly servers: readonly SimulatedN8n[];
  url(instanceName: string): string;
  get(instanceName: string): SimulatedN8n;
  close(): Promise<void>;
}

/** Starts a server for each instance, as real base URLs look like `http://host:port`. Port 0 takes free ones. */
export async function startSimulator(options: {
  port?: number;
  host?: string;
  instances: readonly SimulatedInstance[];
}): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', instances } = options;
  const servers: SimulatedN8n[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    for (const instance of instances) {
      if (servers.some((server) => server.instance.name === instance.name))
        throw new Error(`two instances named ${instance.name}`);
      servers.push(await startSimulatedN8n(instance, { port: port === 0 ? 0 : port + servers.length, host }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const get = (name: string): SimulatedN8n => {
    const server = servers.find(({ instance }) => instance.name === name);
    if (server === undefined) throw new Error(`no instance named ${name}`);
    return server;
  };
  return { port: servers[0]?.port ?? port, servers, get, url: (name) => get(name).baseUrl, close };
}
