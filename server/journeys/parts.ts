import type {
  Department,
  Flow,
  Goal,
  InformationItem,
  JourneyMap,
  PainPoint,
  Stage,
  System,
  SystemLink,
  Touchpoint,
} from './map.ts';

/*
 * A map as people edit it: parts, each with a revision of its own, so that two people who move different cards never
 * meet. Pure, for the browser too.
 */

/** Somebody typical, for whom the journey is made. */
export type Persona = { id: string; name: string; role: string | null; about: string | null; wants: string | null };

/** What somebody said who was asked, and where on the journey it belongs. */
export type Interview = {
  id: string;
  /** Who was asked. */
  name: string;
  role: string | null;
  /** YYYY-MM-DD; null: not said. */
  heldOn: string | null;
  notes: string | null;
  personaId: string | null;
  touchpointIds: readonly string[];
};

/** The interviews in which a pain point was told. */
export type Evidence = { evidenceIds: readonly string[] };

/** What is said of a part of each kind; its id and place stand beside it, and votes are counted, not said. */
export type BodyOf = {
  STAGE: Omit<Stage, 'id'>;
  DEPARTMENT: Omit<Department, 'id'>;
  GOAL: Omit<Goal, 'id'>;
  TOUCHPOINT: Omit<Touchpoint, 'id'>;
  ITEM: Omit<InformationItem, 'id'>;
  SYSTEM: Omit<System, 'id'>;
  LINK: Omit<SystemLink, 'id'>;
  FLOW: Omit<Flow, 'id'>;
  PAIN_POINT: Omit<PainPoint, 'id' | 'votes'> & Evidence;
  PERSONA: Omit<Persona, 'id'>;
  INTERVIEW: Omit<Interview, 'id'>;
};
export type PartKind = keyof BodyOf;

export const partKinds = [
  'STAGE',
  'DEPARTMENT',
  'GOAL',
  'TOUCHPOINT',
  'ITEM',
  'SYSTEM',
  'LINK',
  'FLOW',
  'PAIN_POINT',
  'PERSONA',
  'INTERVIEW',
] as const satisfies readonly PartKind[];

/** These belong to the company and stand on every map: there is one Sales and one CRM. The others are one journey's own. */
const companyWide: ReadonlySet<PartKind> = new Set(['DEPARTMENT', 'ITEM', 'SYSTEM', 'LINK']);

export function isCompanyWide(kind: PartKind): boolean {
  return companyWide.has(kind);
}

/** `rank`: its place among those of its kind, ascending; two of the same rank stand in the order of their ids. */
export type Part = {
  [Kind in PartKind]: { id: string; kind: Kind; revision: number; rank: number; body: BodyOf[Kind]; votes?: number };
}[PartKind];

/** A part as it shall be; `revision`: the one that was seen, null for one that is new. One that was removed comes back. */
export type Put = {
  [Kind in PartKind]: { id: string; kind: Kind; revision: number | null; rank: number; body: BodyOf[Kind] };
}[PartKind];
export type Removal = { id: string; revision: number };

/** Parts in any order, as one map. */
export function mapOf(parts: Iterable<Part>): JourneyMap {
  const sorted = inOrder(parts);
  const of = <Kind extends PartKind>(kind: Kind) => ofKind(sorted, kind);
  return {
    stages: of('STAGE'),
    departments: of('DEPARTMENT'),
    goals: of('GOAL'),
    touchpoints: of('TOUCHPOINT'),
    items: of('ITEM'),
    systems: of('SYSTEM'),
    links: of('LINK'),
    flows: of('FLOW'),
    painPoints: sorted.flatMap((part) => (part.kind === 'PAIN_POINT' ? [painOf(part)] : [])),
  };
}

/** What was found out before anything was drawn, in its order. */
export function researchOf(parts: Iterable<Part>): { personas: Persona[]; interviews: Interview[] } {
  const sorted = inOrder(parts);
  return { personas: ofKind(sorted, 'PERSONA'), interviews: ofKind(sorted, 'INTERVIEW') };
}

function inOrder(parts: Iterable<Part>): Part[] {
  return [...parts].sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
}

function ofKind<Kind extends PartKind>(sorted: readonly Part[], kind: Kind): (BodyOf[Kind] & { id: string })[] {
  return sorted.flatMap((part) => (part.kind === kind ? [{ ...(part.body as BodyOf[Kind]), id: part.id }] : []));
}

/** What it stands on is research's, not the map's. */
function painOf({ id, body, votes }: Extract<Part, { kind: 'PAIN_POINT' }>): PainPoint {
  const { touchpointId, text, severity } = body;
  return { id, touchpointId, text, severity, votes: votes ?? 0 };
}

/** The ids that a part names, by what they must be. */
export function namedBy(part: Pick<Part, 'kind' | 'body'>): { kind: PartKind; id: string }[] {
  const of = (kind: PartKind, ids: readonly (string | null)[]) =>
    ids.flatMap((id) => (id === null ? [] : [{ kind, id }]));
  switch (part.kind) {
    case 'STAGE':
    case 'DEPARTMENT':
      return [];
    case 'GOAL': {
      const { departmentId, itemIds, touchpointIds } = part.body as BodyOf['GOAL'];
      return [...of('DEPARTMENT', [departmentId]), ...of('ITEM', itemIds), ...of('TOUCHPOINT', touchpointIds)];
    }
    case 'TOUCHPOINT': {
      const body = part.body as BodyOf['TOUCHPOINT'];
      const departments = [...body.departmentIds, body.initiatorId, body.receiverId];
      return [...of('STAGE', [body.stageId]), ...of('DEPARTMENT', departments), ...of('SYSTEM', body.tools)];
    }
    case 'ITEM': {
      const { ownerId, homeIds } = part.body as BodyOf['ITEM'];
      return [...of('DEPARTMENT', [ownerId]), ...of('SYSTEM', homeIds)];
    }
    case 'SYSTEM':
      return of('DEPARTMENT', [(part.body as BodyOf['SYSTEM']).ownerId]);
    case 'LINK': {
      const { fromId, toId, itemIds } = part.body as BodyOf['LINK'];
      return [...of('SYSTEM', [fromId, toId]), ...of('ITEM', itemIds ?? [])];
    }
    case 'FLOW': {
      const { touchpointId, departmentId, itemId, systemId } = part.body as BodyOf['FLOW'];
      return [
        ...of('TOUCHPOINT', [touchpointId]),
        ...of('DEPARTMENT', [departmentId]),
        ...of('ITEM', [itemId]),
        ...of('SYSTEM', [systemId]),
      ];
    }
    case 'PAIN_POINT': {
      const { touchpointId, evidenceIds } = part.body as BodyOf['PAIN_POINT'];
      return [...of('TOUCHPOINT', [touchpointId]), ...of('INTERVIEW', evidenceIds)];
    }
    case 'PERSONA':
      return [];
    case 'INTERVIEW': {
      const { personaId, touchpointIds } = part.body as BodyOf['INTERVIEW'];
      return [...of('PERSONA', [personaId]), ...of('TOUCHPOINT', touchpointIds)];
    }
  }
}
