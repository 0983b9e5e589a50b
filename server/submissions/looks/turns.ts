/** Does work on many things, so many at once and so many of one host: one that is slow keeps no other waiting. */
export async function inTurns<T extends { readonly host: string }>(
  things: readonly T[],
  { atOnce, perHost }: { atOnce: number; perHost: number },
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const waiting = [...things];
  const active = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const activeOf = ({ host }: T) => active.get(host) ?? 0;
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < atOnce ? waiting.findIndex((thing) => activeOf(thing) < perHost) : -1;
    const [thing] = next < 0 ? [] : waiting.splice(next, 1);
    if (!thing) {
      await Promise.race(running);
      continue;
    }
    active.set(thing.host, activeOf(thing) + 1);
    const one: Promise<void> = work(thing).finally(() => {
      active.set(thing.host, activeOf(thing) - 1);
      running.delete(one);
    });
    running.add(one);
  }
}
