import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

interface GivenSecrets {
  adminApiKey: string | undefined;
  encryptionKey: Buffer | undefined;
}

interface Secrets {
  adminApiKey: string;
  encryptionKey: Buffer;
  secretsFile: string | null;
}

const stored = z.object({ admin_api_key: z.string().min(24), encryption_key: z.base64() });

/**
 * Keys from the environment, else from `<dataDir>/keys.json`, which is made once with mode 0600. The file is written beside
 * and renamed, so a crash never leaves half a key behind.
 */
export function loadSecrets(dataDir: string, given: GivenSecrets): Secrets {
  if (given.adminApiKey !== undefined && given.encryptionKey !== undefined) {
    return { adminApiKey: given.adminApiKey, encryptionKey: given.encryptionKey, secretsFile: null };
  }
  const file = join(dataDir, 'keys.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const made = {
      admin_api_key: `fm_${randomBytes(24).toString('base64url')}`,
      encryption_key: randomBytes(32).toString('base64'),
    };
    writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const keys = readStored(file);
  return {
    adminApiKey: given.adminApiKey ?? keys.admin_api_key,
    encryptionKey: given.encryptionKey ?? Buffer.from(keys.encryption_key, 'base64'),
    secretsFile: file,
  };
}

function readStored(file: string): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is damaged: restore it from a backup, or give ADMIN_API_KEY and ENCRYPTION_KEY in the environment`);
  }
}
