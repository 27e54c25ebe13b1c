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
  oldEncryptionKeys: Buffer[];
  encryptionKeyIsStored: boolean;
  secretsFile: string | null;
}

const stored = z.object({
  admin_api_key: z.string().min(24),
  encryption_key: z.base64(),
  old_encryption_keys: z.array(z.base64()).default([]),
});

type Stored = z.infer<typeof stored>;

/**
 * Keys from the environment, else from `<dataDir>/keys.json`, which is made once with mode 0600. The file is written beside
 * and renamed, so a crash never leaves half a key behind.
 */
export function loadSecrets(dataDir: string, given: GivenSecrets): Secrets {
  if (given.adminApiKey !== undefined && given.encryptionKey !== undefined) {
    const { adminApiKey, encryptionKey } = given;
    return { adminApiKey, encryptionKey, oldEncryptionKeys: [], encryptionKeyIsStored: false, secretsFile: null };
  }
  const file = fileIn(dataDir);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    write(file, {
      admin_api_key: `fm_${randomBytes(24).toString('base64url')}`,
      encryption_key: newKey(),
      old_encryption_keys: [],
    });
  }
  const keys = readStored(file);
  return {
    adminApiKey: given.adminApiKey ?? keys.admin_api_key,
    encryptionKey: given.encryptionKey ?? bytes(keys.encryption_key),
    oldEncryptionKeys: keys.old_encryption_keys.map(bytes),
    encryptionKeyIsStored: given.encryptionKey === undefined,
    secretsFile: file,
  };
}

/** Makes a new generated key the current one. The one that it replaces is kept until {@link forgetOldKeys}. */
export function replaceStoredKey(dataDir: string): void {
  const keys = readStored(fileIn(dataDir));
  const old = [keys.encryption_key, ...keys.old_encryption_keys];
  write(fileIn(dataDir), { ...keys, encryption_key: newKey(), old_encryption_keys: old });
}

/** Nothing is sealed with them any more. */
export function forgetOldKeys(dataDir: string): void {
  write(fileIn(dataDir), { ...readStored(fileIn(dataDir)), old_encryption_keys: [] });
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

function newKey(): string {
  return randomBytes(32).toString('base64');
}

function bytes(key: string): Buffer {
  return Buffer.from(key, 'base64');
}

function write(file: string, keys: Stored): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readStored(file: string): Stored {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is damaged: restore it from a backup, or give ADMIN_API_KEY and ENCRYPTION_KEY in the environment`);
  }
}
