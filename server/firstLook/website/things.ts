/*
 * Structured data of a page as plain objects, from wherever it came: JSON-LD, microdata, Open Graph. Everything in it was
 * written by strangers: sizes, numbers and depths are bounded, and only what an object holds itself is read.
 */
export type Thing = Readonly<Record<string, unknown>>;

const maxScripts = 40;
const maxScriptLength = 1_000_000;
const maxThings = 2_000;
const maxDepth = 12;
const maxList = 200;

export type Things = {
  /** What the page itself is about, and not what it only mentions: similar products, authors of reviews. */
  readonly main: readonly Thing[];
  /** Objects that a property holds or refers to by `@id`. */
  follow(value: unknown): Thing[];
};

/** Through these an object leads to what stands beside it. */
const leads: readonly string[] = ['@graph', 'mainEntity', 'mainEntityOfPage'];

export function thingsOf(scripts: readonly string[], more: readonly Thing[] = []): Things {
  const main: Thing[] = [];
  const byId = new Map<string, Thing>();
  const values = [...scripts.slice(0, maxScripts).map(parsed), ...more];
  const waiting: Waiting[] = values.map((value) => ({ value, depth: 0, isMain: true }));
  let things = 0;
  for (let at = 0; at < waiting.length && things < maxThings; at++) {
    const { value, depth, isMain } = waiting[at] as Waiting;
    if (typeof value !== 'object' || value === null || depth > maxDepth) continue;
    if (Array.isArray(value)) {
      for (const part of value.slice(0, maxList)) waiting.push({ value: part, depth: depth + 1, isMain });
      continue;
    }
    things++;
    const thing = value as Thing;
    if (isMain) main.push(thing);
    const id = held(thing, '@id');
    const keys = Object.keys(thing).slice(0, maxList);
    // What only refers has nothing but its id.
    if (typeof id === 'string' && keys.length > 1 && !byId.has(id)) byId.set(id, thing);
    for (const key of keys) {
      const part = thing[key];
      const isLed = isMain && leads.includes(key);
      if (typeof part === 'object' && part !== null) waiting.push({ value: part, depth: depth + 1, isMain: isLed });
    }
  }
  return { main, follow: (value) => listOf(value).flatMap((part) => followed(part, byId)) };
}

type Waiting = { value: unknown; depth: number; isMain: boolean };

function followed(value: unknown, byId: ReadonlyMap<string, Thing>): Thing[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const thing = value as Thing;
  const id = held(thing, '@id');
  const isBare = typeof id === 'string' && Object.keys(thing).length === 1;
  return [isBare ? (byId.get(id) ?? thing) : thing];
}

/** What an object holds itself: `constructor` and its like are no properties of a product. */
export function held(thing: Thing, key: string): unknown {
  return Object.hasOwn(thing, key) ? thing[key] : undefined;
}

/** One value or a list of them, which is a list either way; lists in lists are opened once. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, maxList).flat(1).slice(0, maxList) : [value];
}

/** `https://schema.org/Product`, `schema:Product` and `["Product", "Car"]` are all a Product. */
export function isOf(thing: Thing, ...types: readonly string[]): boolean {
  return listOf(held(thing, '@type')).some(
    (type) => typeof type === 'string' && types.includes(type.slice(-60).split(/[/:#]/).at(-1) ?? ''),
  );
}

function parsed(script: string): unknown {
  if (script.length > maxScriptLength) return null;
  return tried(script) ?? tried(mended(script));
}

function tried(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What shops' templates break most: comments around it, line breaks inside of texts, a comma too many. */
function mended(script: string): string {
  return script
    .replace(/^\s*(?:<!--|\/\*\s{0,9}<!\[CDATA\[\s{0,9}\*\/|\/\/\s{0,9}<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s{0,9}\]\]>\s{0,9}\*\/|\/\/\s{0,9}\]\]>|\]\]>|;)\s*$/, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/,(?= {0,200}[}\]])/g, '');
}
