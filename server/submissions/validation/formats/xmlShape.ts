import { latin1 } from './bytes.ts';

/*
 * Which element is a record, by the first bytes of a file: RSS `item`, Atom `entry`, what the set of rules names; else the
 * element that is repeated, looked for from the root downwards.
 */

type Seen = { name: string; children: Map<string, Seen>; times: number };

/** The record's local name, or its whole path of local names from the root where only its place tells it. */
export type Shape = { name: string; depth: number | null };

const usual = ['item', 'entry'];
const BLANKS = /[\s/>]/;

/** `null`: nothing in the head looks like a record. */
export function shapeOf(head: Uint8Array, recordElements: readonly string[]): Shape | null {
  const known = new Set([...usual, ...recordElements]);
  const root: Seen = { name: '', children: new Map(), times: 1 };
  const open: Seen[] = [root];
  let found: string | null = null;
  for (const tag of tagsOf(latin1(head))) {
    if (tag.isClose) {
      if (open.length > 1) open.pop();
      continue;
    }
    const above = open.at(-1) as Seen;
    const seen = above.children.get(tag.name) ?? { name: tag.name, children: new Map(), times: 0 };
    seen.times++;
    above.children.set(tag.name, seen);
    if (found === null && open.length >= 2 && known.has(tag.name)) found = tag.name;
    if (!tag.isEmpty) open.push(seen);
    if (open.length > 64) break;
  }
  if (found !== null) return { name: found, depth: null };
  const top = root.children.values().next().value;
  return top ? repeatedIn(top, 1) : null;
}

function* tagsOf(text: string): Generator<{ name: string; isClose: boolean; isEmpty: boolean }> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : null;
    const until = skipped ?? (text[at + 1] === '?' ? '?>' : '>');
    let end = text.indexOf(until, at + 1);
    if (end < 0) return;
    const isTag = skipped === null && !/[?!]/.test(text[at + 1] ?? '!');
    if (isTag) {
      // A `>` in an attribute does not end a tag.
      for (let quotes = 0; end >= 0; end = text.indexOf('>', end + 1)) {
        quotes = text.slice(at, end).split('"').length - 1;
        if (quotes % 2 === 0 || end - at > 4096) break;
      }
      if (end < 0) return;
      const isClose = text[at + 1] === '/';
      const body = text.slice(at + (isClose ? 2 : 1), end);
      const name = (body.split(BLANKS, 1)[0] ?? '').replace(/^.*:/, '');
      if (name !== '') yield { name, isClose, isEmpty: body.endsWith('/') };
    }
    at = end + until.length;
  }
}

/** The shallowest element that is there several times and holds others; a lone wrapper is looked into. */
function repeatedIn(above: Seen, depth: number): Shape | null {
  const holding = [...above.children.values()].filter((child) => child.children.size > 0);
  const repeated = holding.find((child) => child.times > 1);
  if (repeated) return { name: repeated.name, depth };
  const [only] = holding;
  if (!only) return null;
  const inside = holding.length === 1 ? repeatedAlone(only) : null;
  return inside ? (repeatedIn(only, depth + 1) as Shape) : { name: only.name, depth };
}

/** Whether an element is nothing but a list: all that it holds and that holds something is of one name. */
function repeatedAlone(list: Seen): boolean {
  const children = [...list.children.values()];
  return children.length === 1 && (children[0] as Seen).children.size > 0;
}
