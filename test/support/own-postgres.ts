import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from './process.js';

const OF_DEBIAN = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const PROGRAMS = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore'];

/** A folder with a PostgreSQL that can be dumped by its own `pg_dump`, on the PATH or where Debian has it; `null`: there is none. */
export function postgresPrograms(): string | null {
  const versions = existsSync(OF_DEBIAN) ? readdirSync(OF_DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(OF_DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => PROGRAMS.every((program) => existsSync(join(folder, program)))) ?? null;
}

/** A PostgreSQL server of its own, made of installed programs, with nothing in it. */
export class OwnPostgres {
  private constructor(
    private readonly programs: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(programs: string): Promise<OwnPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'flowmastery-postgres-'));
    chmodSync(folder, 0o755);
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (NOBODY.uid !== undefined) for (const path of [folder, data]) chownSync(path, NOBODY.uid, NOBODY.gid);
    const server = new OwnPostgres(programs, folder, await freePort());
    await server.run('initdb', ['-D', data, '-U', 'metrics', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']);
    const options = `-p ${server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    await server.run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'server.log'), '-o', options, 'start']);
    return server;
  }

  url(database: string): string {
    return `postgres://metrics@127.0.0.1:${this.port}/${database}`;
  }

  /** Where the server's user may write a file. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** Runs one of its programs to the end. @throws Error with what it printed */
  async run(program: string, args: readonly string[]): Promise<void> {
    // pg_ctl leaves a server behind that would keep a pipe open: its words are in server.log.
    const stdio = program === 'pg_ctl' ? 'ignore' : 'pipe';
    const child = spawn(join(this.programs, program), [...args], { cwd: '/', stdio, ...NOBODY });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${said}`);
  }

  async stop(): Promise<void> {
    await this.run('pg_ctl', ['-D', join(this.folder, 'data'), '-m', 'fast', '-w', 'stop']);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
