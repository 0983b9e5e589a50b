/** `taskId` waits for `predecessorId`. */
export type Link = { taskId: string; predecessorId: string };

/**
 * The circle that a new link would close, as task ids from the waiting task back to itself, each waiting for the next;
 * null when there is none. The shortest one is named.
 */
export function circleWith(links: readonly Link[], added: Link): string[] | null {
  const waitsFor = new Map<string, string[]>();
  for (const { taskId, predecessorId } of links) {
    waitsFor.set(taskId, [...(waitsFor.get(taskId) ?? []), predecessorId]);
  }
  const cameFrom = new Map<string, string | null>([[added.predecessorId, null]]);
  for (const at of cameFrom.keys()) {
    if (at === added.taskId) return [added.taskId, ...pathTo(cameFrom, at)];
    for (const next of waitsFor.get(at) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, at);
  }
  return null;
}

function pathTo(cameFrom: ReadonlyMap<string, string | null>, end: string): string[] {
  const path: string[] = [];
  for (let at: string | null = end; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
  return path;
}
