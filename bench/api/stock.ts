import { ApiKeysService } from '../../src/auth/index.js';
import { type BenchContext } from '../benchmark.js';
import { type BenchDatabase, type BenchServer } from '../support/bench-server.js';
import { startCollectingApp } from '../support/collecting-app.js';
import { fillHistory, type RawHistory, rollUpEverything, settle } from '../support/history.js';

/** A database full of executions that are rolled up, as after the last sync of every client. */
export interface Stock {
  database: BenchDatabase;
  history: RawHistory;
  /** Of a viewer who is bound to the first client. */
  key: string;
  clientId: number;
}

export async function stockUp(
  { cleanup, say }: Pick<BenchContext, 'cleanup' | 'say'>,
  server: BenchServer,
  { executions, clients }: { executions: number; clients: number },
): Promise<Stock> {
  const database = await server.createDatabase();
  const app = await startCollectingApp(database, server.dataDir, cleanup);
  const history = await fillHistory(app, executions, say, clients);
  await app.dataSource.query(
    `UPDATE sync_states SET executions_synced_at = now(), workflows_synced_at = now(), first_observed_at = $1, watermark = '1'`,
    [history.start],
  );
  say('rolling everything up ...');
  await rollUpEverything(app, history);
  await settle(app.dataSource);
  const [clientId] = history.clientIds;
  if (clientId === undefined) throw new Error('there are no clients');
  const keys = app.app.get(ApiKeysService, { strict: false });
  const { key } = await keys.create({ name: 'bench', role: 'viewer', clientId, expiresAt: null });
  await app.close();
  return { database, history, key, clientId };
}
