import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of a process, all its threads, in milliseconds, as the kernel counts it by the nanosecond. */
export function cpuMsOf(pid: number): number {
  let ns = 0;
  try {
    for (const task of readdirSync(`/proc/${pid}/task`))
      ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    // It ended while we looked.
  }
  return ns / 1e6;
}

/** The same of a database server: its postmaster and everything that it started. */
export function cpuMsOfChildren(pid: number): number {
  let sum = cpuMsOf(pid);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program stands in brackets and may hold spaces.
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) sum += cpuMsOf(Number(name));
    } catch {
      // As above.
    }
  }
  return sum;
}

/** The most memory that a process has had at once. */
export function peakBytesOf(pid: number): number {
  const [, kB = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kB) * 1024;
}
