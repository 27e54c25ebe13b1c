// `npm run keys:rotate`: seals the stored n8n keys with a new encryption key.
import { parseArgs } from 'node:util';
import { rotateKeys } from './support/rotate-keys.js';

const HELP = `Seals the stored n8n keys with a new encryption key. It reads the same environment as the service.

With DATABASE_URL, while the service runs:
  1. restart every process with the new key in ENCRYPTION_KEY and the one until now in ENCRYPTION_KEYS_OLD
  2. npm run keys:rotate
  3. take ENCRYPTION_KEYS_OLD away

With the embedded database (keys.json in DATA_DIR), while the service is stopped:
  npm run keys:rotate        makes the new key itself

Prints how many were sealed anew. Exits with 0, with 1 when a key cannot be opened (give the n8n key of that client again), with 2
when nothing could be done.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { resealed, current, unreadable } = await rotateKeys(process.env, (text) => {
    console.error(`[keys] ${text}`);
  });
  console.log(`${resealed} sealed anew, ${current} were sealed with this key already, ${unreadable.length} cannot be opened`);
  for (const { clientId, reason } of unreadable) console.log(`client ${clientId}: ${reason}`);
  return unreadable.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`[keys] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
