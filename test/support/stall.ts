import { existsSync, readFileSync } from 'node:fs';

/** How long this thread was ready to run but other work had the processor; Linux counts it. */
function waitedForProcessorMs(): number {
  const counts = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(counts) ? Number(readFileSync(counts, 'utf8').split(' ')[1]) / 1e6 : 0;
}

/** Runs something and tells the longest that it held this process' loop; waiting for a processor does not count. */
export async function longestStallMs(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let at = performance.now();
  let waited = waitedForProcessorMs();
  const look = () => {
    const [now, waitedNow] = [performance.now(), waitedForProcessorMs()];
    longest = Math.max(longest, now - at - (waitedNow - waited));
    [at, waited] = [now, waitedNow];
  };
  const timer = setInterval(look, 5);
  try {
    await run();
    look();
    return longest;
  } finally {
    clearInterval(timer);
  }
}

/** The processor time that something took in this process, in milliseconds. */
export function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
