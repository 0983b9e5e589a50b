import { fieldOf } from '../drawing/given.ts';
import { type Part, type Put, partKinds } from '../parts.ts';
import { isNamed, shapesOf } from './fieldShapes.ts';
import { type FileProblem, mostFileBytes, unread } from './problems.ts';
import { readParts, type Written, type WrittenLists } from './read.ts';
import { ofKind, takenAlong } from './takenAlong.ts';

/*
 * A map as one file, whole:
 *
 *   { "format": "slipway-journey", "version": 1, "name": …, "stages": [ … ], "departments": [ … ], … }
 *
 * The lists and their fields are those of `JourneyEditInput`; the order of a list is the order on the map. A part is named
 * by its `id`, which is any text or number, each once in its list, and of this file alone. What is empty is left out. Votes
 * are people's, and stay. The version moves only when files of before could not be read any more.
 */
const format = 'slipway-journey';
const version = 1;

export type FromFile = {
  /** False: nothing of the file could be taken, and the one problem says why. */
  isRead: boolean;
  parts: Put[];
  problems: FileProblem[];
};

export function toJson(parts: Iterable<Part>, name: string): string {
  const taken = takenAlong(parts);
  const nameOf = namesIn(taken);
  const lists = partKinds.map((kind) => {
    const lines = ofKind(taken, kind).map((part) => `\n    ${JSON.stringify(written(part, nameOf))}`);
    return `  "${fieldOf[kind]}": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]`;
  });
  const head = [`  "format": "${format}"`, `  "version": ${version}`, `  "name": ${JSON.stringify(name)}`];
  return `{\n${[...head, ...lists].join(',\n')}\n}\n`;
}

type NameOf = (id: string) => number | string;

/** Each part's place in its list; what was removed and is still named gets a name that is nobody's, so that a reader says so. */
function namesIn(parts: readonly Part[]): NameOf {
  const names = new Map<string, number | string>();
  for (const kind of partKinds) for (const [at, { id }] of ofKind(parts, kind).entries()) names.set(id, at + 1);
  let gone = 0;
  return (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    gone += 1;
    names.set(id, `removed${gone}`);
    return `removed${gone}`;
  };
}

function written(part: Part, nameOf: NameOf): Record<string, unknown> {
  const body = part.body as Record<string, unknown>;
  const fields = [...shapesOf(part.kind)].flatMap(([field, shape]) => {
    const value = body[field];
    if (value === undefined || isEmpty(value, shape.whenAbsent)) return [];
    if (!('to' in shape) || value === null) return [[field, value]];
    return [[field, Array.isArray(value) ? value.map((id) => nameOf(String(id))) : nameOf(String(value))]];
  });
  return Object.fromEntries([...(isNamed(part.kind) ? [['id', nameOf(part.id)]] : []), ...fields]);
}

function isEmpty(value: unknown, whenAbsent: unknown): boolean {
  return value === whenAbsent || (Array.isArray(value) && Array.isArray(whenAbsent) && value.length === 0);
}

/** Whatever the text is: what is fine in it, and what is not. */
export function fromJson(text: string): FromFile {
  if (Buffer.byteLength(text) > mostFileBytes) return unread('TOO_LARGE', { max: mostFileBytes });
  const file = parsed(text.replace(/^\uFEFF/, ''));
  if (file === undefined) return unread('NOT_JSON');
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== format)
    return unread('NOT_OURS');
  if (!('version' in file) || file.version !== version) return unread('OTHER_VERSION', { version });
  const lists: WrittenLists = {};
  const problems: FileProblem[] = [];
  const kindOf = new Map(partKinds.map((kind) => [fieldOf[kind] as string, kind]));
  for (const [list, value] of Object.entries(file)) {
    const kind = kindOf.get(list);
    if (kind && Array.isArray(value)) lists[kind] = value.map((part, at) => writtenAt(list, part, at));
    else if (kind) problems.push({ row: null, field: list, code: 'NOT_LIST', params: {} });
    else if (!['format', 'version', 'name'].includes(list)) {
      problems.push({ row: null, field: list.slice(0, 60), code: 'NOT_READ', params: {} });
    }
  }
  const read = readParts(lists);
  return { isRead: true, parts: read.parts, problems: [...problems, ...read.problems.map(plain)] };
}

function writtenAt(list: string, value: unknown, at: number): Written {
  return { value, row: at + 1, column: (field) => (field === null ? list : `${list}.${field.slice(0, 60)}`) };
}

/** As everybody outside sees a problem. */
export function plain({ row, field, code, params }: FileProblem): FileProblem {
  return { row, field, code, params };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
