import { uuidv7 } from 'uuidv7';
import { ActError } from '../../platform/graphql/errors.ts';
import { type PartKind, type Put, partKinds } from '../parts.ts';
import { mapLimits, putOf } from '../shapes.ts';
import { type FieldShape, readingOrder, shapesOf } from './fieldShapes.ts';
import type { FileProblem, ProblemCode } from './problems.ts';

/** A part as somebody wrote it: nothing of it is trusted. */
export type Written = {
  value: unknown;
  /** Where it stands in the file, for people. */
  row: number;
  /** What a field of it is called there; null: the part as a whole. */
  column: (field: string | null) => string;
};
export type WrittenLists = { [Kind in PartKind]?: readonly Written[] };

type Found = FileProblem & { kind: PartKind };

/**
 * Parts of what was written, under new ids. A field that is wrong is left empty; a part that is nothing without it is
 * left out, and so is what cannot be without that part. Every such thing is one problem. Throws on nothing.
 */
export function readParts(lists: WrittenLists): { parts: Put[]; problems: Found[] } {
  const reader = new PartsReader();
  for (const kind of readingOrder) reader.read(kind, lists[kind] ?? []);
  const place = ({ kind }: { kind: PartKind }) => partKinds.indexOf(kind);
  const problems = reader.problems.sort((one, other) => place(one) - place(other) || (one.row ?? 0) - (other.row ?? 0));
  return { parts: reader.parts, problems };
}

class PartsReader {
  readonly parts: Put[] = [];
  readonly problems: Found[] = [];
  /** The new ids of what was taken, by what the file calls it. */
  readonly #ids = new Map<PartKind, Map<string, string>>();
  readonly #unknown = new Set<string>();

  read(kind: PartKind, written: readonly Written[]): void {
    const ids = new Map<string, string>();
    this.#ids.set(kind, ids);
    const own = kind === 'TOUCHPOINT' ? mapLimits.touchpoints : mapLimits.parts;
    const room = Math.min(own, mapLimits.parts - this.parts.length);
    const beyond = written[room];
    if (beyond) this.#tell(kind, beyond, null, 'TOO_MANY', { max: room });
    for (const [at, one] of written.slice(0, room).entries()) {
      const { value } = one;
      if (!isRecord(value)) {
        this.#tell(kind, one, null, 'NOT_PART');
        continue;
      }
      const name = this.#nameOf(kind, one, value.id);
      if (name === undefined || (name !== null && this.#isDouble(kind, one, name, ids))) continue;
      this.#tellUnknown(kind, one, value);
      const fields = this.#fieldsOf(kind, one, value);
      const put = fields && this.#settled(kind, one, fields, at + 1);
      if (!put) continue;
      if (name !== null) ids.set(name, put.id);
      this.parts.push(put);
    }
  }

  /** What the file calls a part; null: nothing, so that nobody names it. Undefined when it is no name. */
  #nameOf(kind: PartKind, one: Written, id: unknown): string | null | undefined {
    if (id === undefined || id === null) return null;
    const name = nameIn(id);
    if (name === null) this.#tell(kind, one, 'id', 'NOT_TEXT');
    return name ?? undefined;
  }

  #isDouble(kind: PartKind, one: Written, name: string, ids: ReadonlyMap<string, string>): boolean {
    if (!ids.has(name)) return false;
    this.#tell(kind, one, 'id', 'DOUBLE_ID', { name });
    return true;
  }

  /** A field that nobody reads is said once for all parts that have it: it may be the name of another, mistyped. */
  #tellUnknown(kind: PartKind, one: Written, value: Record<string, unknown>): void {
    const known = shapesOf(kind);
    for (const field of Object.keys(value)) {
      if (field === 'id' || known.has(field) || this.#unknown.has(`${kind} ${field}`)) continue;
      this.#unknown.add(`${kind} ${field}`);
      this.#tell(kind, one, field, 'NOT_READ');
    }
  }

  /** Each field of the kind that it is; null when one is missing or wrong without which there is no part. */
  #fieldsOf(kind: PartKind, one: Written, value: Record<string, unknown>): Record<string, unknown> | null {
    const fields: Record<string, unknown> = {};
    let isLost = false;
    for (const [field, shape] of shapesOf(kind)) {
      const given = Object.hasOwn(value, field) ? value[field] : undefined;
      const isAbsent = given === undefined || given === null;
      const read = isAbsent ? undefined : this.#read(kind, one, field, shape, given);
      if (isAbsent && !('whenAbsent' in shape)) this.#tell(kind, one, field, 'EMPTY');
      const isWrong = !isAbsent && read === undefined;
      isLost ||= read === undefined && (!('whenAbsent' in shape) || (isWrong && 'isStrict' in shape));
      fields[field] = read ?? shape.whenAbsent;
    }
    return isLost ? null : fields;
  }

  /** Undefined, and said, when it is not what it has to be. */
  #read(kind: PartKind, one: Written, field: string, shape: FieldShape, given: unknown): unknown {
    const wrong = (code: ProblemCode, params?: FileProblem['params']) => this.#tell(kind, one, field, code, params);
    const listIn = (max: number): unknown[] | undefined => {
      if (!Array.isArray(given)) return wrong('NOT_LIST');
      if (given.length > max) wrong('TOO_MANY', { max });
      return given.slice(0, max);
    };
    switch (shape.is) {
      case 'TEXT':
        return typeof given === 'string' ? whole(given) : wrong('NOT_TEXT');
      case 'NUMBER':
        return Number.isInteger(given) ? given : wrong('NOT_NUMBER');
      case 'FLAG':
        return typeof given === 'boolean' ? given : wrong('NOT_FLAG');
      case 'ONE_OF':
        if (typeof given === 'string' && shape.values.includes(given)) return given;
        return wrong('NOT_ONE_OF', { values: shape.values.join(', ') });
      case 'TEXTS':
        return listIn(mapLimits.tasks)?.map((text) =>
          typeof text === 'string' ? whole(text) : (wrong('NOT_TEXT') ?? ''),
        );
      case 'REF':
        return this.#idOf(shape.to, given) ?? wrong('NOT_IN_FILE', { name: shown(given) });
      case 'REFS':
        return listIn(mapLimits.ids)?.flatMap((name) => {
          const id = this.#idOf(shape.to, name) ?? wrong('NOT_IN_FILE', { name: shown(name) });
          return id === undefined ? [] : [id];
        });
    }
  }

  #idOf(kind: PartKind, given: unknown): string | undefined {
    const name = nameIn(given);
    return name === null ? undefined : this.#ids.get(kind)?.get(name);
  }

  /** As the map takes it, by the checks that every edit goes through; what they refuse is left empty and asked again. */
  #settled(kind: PartKind, one: Written, fields: Record<string, unknown>, rank: number): Put | null {
    const check = putOf[kind] as (part: object, place: string) => Put;
    for (const id = uuidv7(); ; ) {
      try {
        return check({ ...fields, id, revision: 0, rank }, '');
      } catch (error) {
        if (!(error instanceof ActError)) throw error;
        const [, field = '', at] = (error.field ?? '').split('.');
        const shape = shapesOf(kind).get(field);
        if (!shape || !isTold(error.code)) throw error;
        this.#tell(kind, one, field, error.code, error.params);
        const list = fields[field];
        if (Array.isArray(list)) fields[field] = list.with(Number(at), '');
        else if ('whenAbsent' in shape) fields[field] = shape.whenAbsent;
        else return null;
      }
    }
  }

  #tell(kind: PartKind, one: Written, field: string | null, code: ProblemCode, params: FileProblem['params'] = {}) {
    this.problems.push({ kind, row: one.row, field: one.column(field), code, params });
    return undefined;
  }
}

const told = ['EMPTY', 'TOO_LONG', 'TOO_MANY', 'OUT_OF_RANGE'] as const satisfies readonly ProblemCode[];
function isTold(code: string): code is (typeof told)[number] {
  return (told as readonly string[]).includes(code);
}

/** Numbers count as names: in a file that is written by hand they are the shortest. */
function nameIn(given: unknown): string | null {
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' && given !== '' && given.length <= 200 ? given : null;
}

/** Half of a character is none, and the database would not take it. */
function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function shown(given: unknown): string {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given) : '…';
  const clean = whole(text).replace(/\p{Cc}+/gu, ' ');
  return clean.length > 60 ? `${[...clean].slice(0, 60).join('')}…` : clean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
