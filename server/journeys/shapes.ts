import type { journeyPartKinds } from '../../drizzle/schema/index.ts';
import { isDay } from '../calendar.ts';
import { ActError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { DepartmentKind, Experience, FlowKind, GoalKind, PainPoint, Sensitivity, SystemKind } from './map.ts';
import type { BodyOf, PartKind, Put } from './parts.ts';

export const departmentKinds = ['CUSTOMER', 'TEAM', 'THIRD_PARTY'] as const satisfies readonly DepartmentKind[];
export const goalKinds = ['FOR_CUSTOMER', 'FOR_DEPARTMENT'] as const satisfies readonly GoalKind[];
export const sensitivities = ['PUBLIC', 'INTERNAL', 'PERSONAL', 'SECRET'] as const satisfies readonly Sensitivity[];
export const flowKinds = ['INPUT', 'USE', 'OUTPUT'] as const satisfies readonly FlowKind[];
export const systemKinds = [
  'SLIPWAY',
  'CRM',
  'SUPPORT',
  'MARKETING',
  'ERP',
  'SHEET',
  'MAIL',
  'CHAT',
  'DOCUMENT',
  'OTHER',
] as const satisfies readonly SystemKind[];

/** What a map may hold. */
export const mapLimits = {
  name: 120,
  text: 2_000,
  /** Of an interview. */
  notes: 20_000,
  task: 200,
  tasks: 20,
  ids: 50,
  /** In one edit. */
  changes: 400,
  touchpoints: 2_000,
  /** Parts of one journey in all, and of the company. */
  parts: 20_000,
} as const;

/** A part as it comes in: of whatever shape its kind has, and nothing of it trusted but the types of its fields. */
export type Given = { id: string; revision: number; rank: number };
type GivenOf<Kind extends PartKind> = Given & { [Field in keyof BodyOf[Kind]]: Loose<BodyOf[Kind][Field]> };
/** Optional things may be left out, and numbers are any. */
type Loose<T> = T extends number ? number : null extends T ? T | null | undefined : T;

/** Where in the input a part stands, so that an error can say it: `flows.3`. */
type Place = string;

/**
 * Checks what is given and makes a part of it: spaces trimmed, control characters made spaces, lists without doubles.
 * Throws EMPTY, TOO_LONG, TOO_MANY and OUT_OF_RANGE with the field; NOT_ON_MAP for what is no id.
 */
export const putOf: { [Kind in PartKind]: (given: GivenOf<Kind>, place: Place) => Put } = {
  STAGE: (given, at) => put('STAGE', given, at, { name: name(given.name, `${at}.name`) }),
  DEPARTMENT: (given, at) => put('DEPARTMENT', given, at, { name: name(given.name, `${at}.name`), kind: given.kind }),
  GOAL: (given, at) =>
    put('GOAL', given, at, {
      departmentId: uuid(given.departmentId, `${at}.departmentId`),
      kind: given.kind,
      name: name(given.name, `${at}.name`),
      metric: line(given.metric, `${at}.metric`),
      target: line(given.target, `${at}.target`),
      itemIds: uuids(given.itemIds, `${at}.itemIds`),
      touchpointIds: uuids(given.touchpointIds, `${at}.touchpointIds`),
    }),
  TOUCHPOINT: (given, at) =>
    put('TOUCHPOINT', given, at, {
      stageId: uuid(given.stageId, `${at}.stageId`),
      departmentIds: uuids(given.departmentIds, `${at}.departmentIds`),
      initiatorId: maybeUuid(given.initiatorId, `${at}.initiatorId`),
      receiverId: maybeUuid(given.receiverId, `${at}.receiverId`),
      name: name(given.name, `${at}.name`),
      channel: line(given.channel, `${at}.channel`) ?? '',
      objective: text(given.objective, `${at}.objective`),
      tasks: tasks(given.tasks, `${at}.tasks`),
      tools: uuids(given.tools, `${at}.tools`),
      experience: experience(given.experience, `${at}.experience`),
    }),
  ITEM: (given, at) =>
    put('ITEM', given, at, {
      name: name(given.name, `${at}.name`),
      ownerId: maybeUuid(given.ownerId, `${at}.ownerId`),
      sensitivity: given.sensitivity,
      homeIds: uuids(given.homeIds, `${at}.homeIds`),
      factKey: line(given.factKey, `${at}.factKey`),
    }),
  SYSTEM: (given, at) =>
    put('SYSTEM', given, at, {
      name: name(given.name, `${at}.name`),
      kind: given.kind,
      ownerId: maybeUuid(given.ownerId, `${at}.ownerId`),
    }),
  LINK: (given, at) =>
    put('LINK', given, at, {
      fromId: uuid(given.fromId, `${at}.fromId`),
      toId: uuid(given.toId, `${at}.toId`),
      itemIds: given.itemIds ? uuids(given.itemIds, `${at}.itemIds`) : null,
    }),
  FLOW: (given, at) =>
    put('FLOW', given, at, {
      touchpointId: uuid(given.touchpointId, `${at}.touchpointId`),
      departmentId: uuid(given.departmentId, `${at}.departmentId`),
      kind: given.kind,
      itemId: uuid(given.itemId, `${at}.itemId`),
      systemId: maybeUuid(given.systemId, `${at}.systemId`),
      isAutomatic: given.isAutomatic,
      isAskedOfClient: given.isAskedOfClient,
      value: line(given.value, `${at}.value`, 200),
    }),
  PAIN_POINT: (given, at) =>
    put('PAIN_POINT', given, at, {
      touchpointId: uuid(given.touchpointId, `${at}.touchpointId`),
      text: text(given.text, `${at}.text`) ?? empty(`${at}.text`),
      severity: severity(given.severity, `${at}.severity`),
      evidenceIds: uuids(given.evidenceIds ?? [], `${at}.evidenceIds`),
    }),
  PERSONA: (given, at) =>
    put('PERSONA', given, at, {
      name: name(given.name, `${at}.name`),
      role: line(given.role, `${at}.role`),
      about: text(given.about, `${at}.about`),
      wants: text(given.wants, `${at}.wants`),
    }),
  INTERVIEW: (given, at) =>
    put('INTERVIEW', given, at, {
      name: name(given.name, `${at}.name`),
      role: line(given.role, `${at}.role`),
      heldOn: day(given.heldOn, `${at}.heldOn`),
      notes: text(given.notes, `${at}.notes`, mapLimits.notes),
      personaId: maybeUuid(given.personaId, `${at}.personaId`),
      touchpointIds: uuids(given.touchpointIds, `${at}.touchpointIds`),
    }),
};

function put<Kind extends PartKind>(kind: Kind, { id, revision, rank }: Given, at: Place, body: BodyOf[Kind]): Put {
  if (!(Math.abs(rank) <= 1e12))
    throw new ActError('OUT_OF_RANGE', { field: `${at}.rank`, params: { min: -1e12, max: 1e12 } });
  const seen = revision === 0 ? null : revision;
  return { kind, id: uuid(id, `${at}.id`), revision: seen, rank, body } as Put;
}

/** A name on a map or of one. */
export function name(given: string, field: string): string {
  return line(given, field) ?? empty(field);
}

function line(given: string | null | undefined, field: string, max: number = mapLimits.name): string | null {
  const clean = (given ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  if ([...clean].length > max) throw new ActError('TOO_LONG', { field, params: { max } });
  return clean === '' ? null : clean;
}

/** Several lines; an empty text is none. */
export function text(given: string | null | undefined, field: string, max: number = mapLimits.text): string | null {
  const clean = (given ?? '').replace(/[^\P{Cc}\n]/gu, '').trim();
  if ([...clean].length > max) throw new ActError('TOO_LONG', { field, params: { max } });
  return clean === '' ? null : clean;
}

function tasks(given: readonly string[], field: string): string[] {
  if (given.length > mapLimits.tasks) throw new ActError('TOO_MANY', { field, params: { max: mapLimits.tasks } });
  return given.flatMap((task, at) => line(task, `${field}.${at}`, mapLimits.task) ?? []);
}

function uuid(given: string, field: string): string {
  if (!isUuid(given)) throw new ActError('NOT_ON_MAP', { field });
  return given.toLowerCase();
}

function maybeUuid(given: string | null | undefined, field: string): string | null {
  return given === null || given === undefined ? null : uuid(given, field);
}

function uuids(given: readonly string[], field: string): string[] {
  if (given.length > mapLimits.ids) throw new ActError('TOO_MANY', { field, params: { max: mapLimits.ids } });
  return [...new Set(given.map((id, at) => uuid(id, `${field}.${at}`)))];
}

function experience(given: number | null | undefined, field: string): Experience | null {
  if (given === null || given === undefined) return null;
  if (given < -2 || given > 2) throw new ActError('OUT_OF_RANGE', { field, params: { min: -2, max: 2 } });
  return given as Experience;
}

function severity(given: number, field: string): PainPoint['severity'] {
  if (given !== 1 && given !== 2 && given !== 3)
    throw new ActError('OUT_OF_RANGE', { field, params: { min: 1, max: 3 } });
  return given;
}

function day(given: string | null | undefined, field: string): string | null {
  if (given === null || given === undefined) return null;
  if (!isDay(given)) throw new ActError('OUT_OF_RANGE', { field, params: { min: '0001-01-01', max: '9999-12-31' } });
  return given;
}

function empty(field: string): never {
  throw new ActError('EMPTY', { field });
}

/** The tables and the code name the same kinds. */
export type KindsAgree = PartKind extends (typeof journeyPartKinds)[number] ? true : never;
