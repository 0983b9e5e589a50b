import type { Group } from './IntegrationTable.tsx';

/** A line of a long list: the name of a group, or the row at a place. `of`: the number of its group. */
export type Line = { of: number } & ({ group: Group } | { place: number });
export type Lines = { count: number; at: (index: number) => Line | null };
/** From the first up to the one behind the last. */
export type Stretch = { from: number; to: number };

/** The lines of a list in its groups, which say how many rows are theirs; without groups, the rows alone. */
export function linesOf(groups: readonly Group[], total: number): Lines {
  if (groups.length === 0) return { count: total, at: (index) => (index < total ? { place: index, of: 0 } : null) };
  let rows = 0;
  const starts = groups.map((group, before) => {
    const start = rows + before;
    rows += group.count;
    return start;
  });
  const count = rows + groups.length;
  return {
    count,
    at(index) {
      let [low, high] = [0, groups.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      const group = groups[low];
      if (!group || index >= count) return null;
      return index === starts[low] ? { group, of: low } : { place: index - low - 1, of: low };
    },
  };
}

/** The places of the rows among a stretch of lines. */
export function placesIn(lines: Lines, { from, to }: Stretch): Stretch {
  let [first, behind] = [Number.POSITIVE_INFINITY, 0];
  for (let index = from; index < to; index++) {
    const line = lines.at(index);
    if (!line || !('place' in line)) continue;
    first = Math.min(first, line.place);
    behind = line.place + 1;
  }
  return behind === 0 ? { from: 0, to: 0 } : { from: first, to: behind };
}

/** Lines in one group that stand one below the other, and how many lines are left out above them. */
export type Block = { key: string; gap: number; lines: number[] };

/**
 * What is drawn of all lines: those in the window, and the one in focus with its neighbours, so that the focus is not
 * lost with a row that is scrolled away and the arrow keys go on from it.
 */
export function blocksOf(lines: Lines, window: Stretch, focused: number | null): Block[] {
  const drawn = new Set<number>();
  const near = focused === null ? { from: 0, to: 0 } : { from: focused - 2, to: focused + 3 };
  for (const { from, to } of [window, near]) {
    for (let index = Math.max(0, from); index < Math.min(to, lines.count); index++) drawn.add(index);
  }
  const blocks: Block[] = [];
  const keys = new Set<string>();
  let last = -1;
  for (const index of [...drawn].sort((a, b) => a - b)) {
    const line = lines.at(index);
    const block = blocks.at(-1);
    const of = line?.of ?? 0;
    if (block && index === last + 1 && !(line && 'group' in line)) block.lines.push(index);
    else {
      const key = keys.has(`${of}`) ? `${of} ${index}` : `${of}`;
      keys.add(key);
      blocks.push({ key, gap: index - last - 1, lines: [index] });
    }
    last = index;
  }
  return blocks;
}
