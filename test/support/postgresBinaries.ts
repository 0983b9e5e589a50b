import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const debianRoot = '/usr/lib/postgresql';

/** The folder that holds `initdb` and `postgres`: the newest of Debian's, else the one on PATH; null when there is none. */
export function postgresBinaries(): string | null {
  const versions = existsSync(debianRoot) ? readdirSync(debianRoot) : [];
  const debian = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debianRoot, version, 'bin'));
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...debian, ...onPath].find((folder) => hasServer(folder)) ?? null;
}

function hasServer(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
}

/**
 * PostgreSQL refuses to run as root, so a root run borrows the user `postgres`, or `nobody` where that is missing.
 * Null: we are an ordinary user and run it ourselves.
 */
export function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('No user to run PostgreSQL as: neither postgres nor nobody in /etc/passwd.');
}
