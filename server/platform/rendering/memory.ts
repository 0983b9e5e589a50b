import { readdir, readFile } from 'node:fs/promises';

const everyMs = 1_000;
/** Of Linux on all but a few machines; where it is more, the limit comes later. */
const pageBytes = 4_096;

/** Calls `tooMuch` once a group of processes holds more memory than it may. Only where there is a /proc to read. */
export function watchMemory(group: number, maxBytes: number, tooMuch: () => void): () => void {
  if (process.platform !== 'linux') return () => {};
  let isStopped = false;
  const timer = setInterval(async () => {
    const held = await memoryOf(group).catch(() => 0);
    if (!isStopped && held > maxBytes) tooMuch();
  }, everyMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

async function memoryOf(group: number): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const held = await Promise.all(ids.map((id) => ownOf(id, group)));
  return held.reduce((sum, bytes) => sum + bytes, 0);
}

/** What a process of the group holds for itself; 0 for everybody else. */
async function ownOf(id: string, group: number): Promise<number> {
  const line = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // Behind the name, which may hold anything: state, parent, group.
  if (Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[2]) !== group) return 0;
  const [, resident, shared] = (await readFile(`/proc/${id}/statm`, 'utf8').catch(() => '0 0 0')).split(' ');
  return (Number(resident) - Number(shared)) * pageBytes;
}
