import type { BodyOf, PartKind } from '../parts.ts';
import { departmentKinds, flowKinds, goalKinds, sensitivities, systemKinds } from '../shapes.ts';

/*
 * What each field of each kind of part is, for files: how it is read from outside, and which parts it names. A field that
 * is added to a part and not here does not compile.
 */

/** `whenAbsent`: what is taken when it is left out, or wrong; without one the part is nothing without the field. */
type Absence = { whenAbsent?: unknown };
export type FieldShape = Absence &
  (
    | { is: 'TEXT' | 'NUMBER' | 'FLAG' | 'TEXTS' }
    | { is: 'ONE_OF'; values: readonly string[] }
    /** `isStrict`: left out it means something else than wrong, so that a wrong one takes the part along. */
    | { is: 'REF' | 'REFS'; to: PartKind; isStrict?: boolean }
  );

const text: FieldShape = { is: 'TEXT' };
const maybeText: FieldShape = { is: 'TEXT', whenAbsent: null };
const number: FieldShape = { is: 'NUMBER' };
const maybeNumber: FieldShape = { is: 'NUMBER', whenAbsent: null };
const flag: FieldShape = { is: 'FLAG', whenAbsent: false };
const oneOf = (values: readonly string[]): FieldShape => ({ is: 'ONE_OF', values });
const ref = (to: PartKind): FieldShape => ({ is: 'REF', to });
const maybeRef = (to: PartKind): FieldShape => ({ is: 'REF', to, whenAbsent: null });
const refs = (to: PartKind): FieldShape => ({ is: 'REFS', to, whenAbsent: [] });

export const fieldShapes: { [Kind in PartKind]: { [Field in keyof BodyOf[Kind]]-?: FieldShape } } = {
  STAGE: { name: text },
  DEPARTMENT: { name: text, kind: oneOf(departmentKinds) },
  GOAL: {
    departmentId: ref('DEPARTMENT'),
    kind: oneOf(goalKinds),
    name: text,
    metric: maybeText,
    target: maybeText,
    itemIds: refs('ITEM'),
    touchpointIds: refs('TOUCHPOINT'),
  },
  TOUCHPOINT: {
    stageId: ref('STAGE'),
    departmentIds: refs('DEPARTMENT'),
    initiatorId: maybeRef('DEPARTMENT'),
    receiverId: maybeRef('DEPARTMENT'),
    name: text,
    channel: { is: 'TEXT', whenAbsent: '' },
    objective: maybeText,
    tasks: { is: 'TEXTS', whenAbsent: [] },
    tools: refs('SYSTEM'),
    experience: maybeNumber,
  },
  ITEM: {
    name: text,
    ownerId: maybeRef('DEPARTMENT'),
    sensitivity: oneOf(sensitivities),
    homeIds: refs('SYSTEM'),
    factKey: maybeText,
  },
  SYSTEM: { name: text, kind: oneOf(systemKinds), ownerId: maybeRef('DEPARTMENT') },
  LINK: {
    fromId: ref('SYSTEM'),
    toId: ref('SYSTEM'),
    // Left out, it passes everything on: what a slip of the pen shall not make of a few items.
    itemIds: { is: 'REFS', to: 'ITEM', whenAbsent: null, isStrict: true },
  },
  FLOW: {
    touchpointId: ref('TOUCHPOINT'),
    departmentId: ref('DEPARTMENT'),
    kind: oneOf(flowKinds),
    itemId: ref('ITEM'),
    systemId: maybeRef('SYSTEM'),
    isAutomatic: flag,
    isAskedOfClient: flag,
    value: maybeText,
  },
  PAIN_POINT: {
    touchpointId: ref('TOUCHPOINT'),
    text,
    severity: number,
    evidenceIds: refs('INTERVIEW'),
  },
  PERSONA: { name: text, role: maybeText, about: maybeText, wants: maybeText },
  INTERVIEW: {
    name: text,
    role: maybeText,
    heldOn: maybeText,
    notes: maybeText,
    personaId: maybeRef('PERSONA'),
    touchpointIds: refs('TOUCHPOINT'),
  },
};

const kinds = Object.keys(fieldShapes) as PartKind[];

type Shapes = ReadonlyMap<string, FieldShape>;
const byKind = new Map<PartKind, Shapes>(kinds.map((kind) => [kind, new Map(Object.entries(fieldShapes[kind]))]));

/** The fields of a kind, in their order. */
export function shapesOf(kind: PartKind): Shapes {
  return byKind.get(kind) ?? new Map();
}

function namedKinds(kind: PartKind): PartKind[] {
  return [...shapesOf(kind).values()].flatMap((shape) => ('to' in shape ? [shape.to] : []));
}

/** Each kind behind those that it names, so that whoever reads in this order knows them already. */
export const readingOrder: readonly PartKind[] = inReadingOrder();

function inReadingOrder(): PartKind[] {
  const known: PartKind[] = [];
  const isReady = (kind: PartKind) => !known.includes(kind) && namedKinds(kind).every((one) => known.includes(one));
  for (let next = kinds.find(isReady); next !== undefined; next = kinds.find(isReady)) known.push(next);
  return known;
}

/** Whether a part of this kind is named by others, and so needs an id in a file. */
export function isNamed(kind: PartKind): boolean {
  return kinds.some((one) => namedKinds(one).includes(kind));
}
