import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { nounOfJourneys } from './mapParts.ts';
import type { Noun } from './tenants.ts';

type Field = GraphQLField<unknown, unknown>;

/** Where an id goes in, however deep: `id`, `input.taskId`, `input.definition.filter.pmIds`. */
export type IdPlace = { path: string[]; isList: boolean };

export function idPlacesOf(field: Field): IdPlace[] {
  const within = (path: string[], type: GraphQLInputType): IdPlace[] => {
    const named = getNamedType(type);
    if (named.name === 'ID') return [{ path, isList: isListType(getNullableType(type)) }];
    if (!isInputObjectType(named)) return [];
    return Object.values(named.getFields()).flatMap((inner) => within([...path, inner.name], inner.type));
  };
  return field.args.flatMap((arg) => within([arg.name], arg.type));
}

/** What an argument of this name is the id of. */
const byName: Readonly<Record<string, Noun>> = {
  accountId: 'account',
  accountIds: 'account',
  actorId: 'person',
  assigneeId: 'person',
  copyOfId: 'template',
  fileIds: 'file',
  fromId: 'account',
  intoId: 'account',
  // Whatever else takes `ids` says so by its name.
  ids: 'inboxItem',
  inputId: 'input',
  inputIds: 'input',
  noteId: 'note',
  ofSubmissionId: 'submission',
  parentId: 'comment',
  personId: 'person',
  phaseId: 'phase',
  pmId: 'person',
  pmIds: 'person',
  predecessorId: 'task',
  projectId: 'project',
  projectIds: 'project',
  submissionId: 'submission',
  taskId: 'task',
  templateId: 'template',
  throughId: 'comment',
  toId: 'person',
};

/** What `id` is the id of, by the noun that the field's name begins with; the longest that fits. */
const byField: Readonly<Record<string, Noun>> = {
  account: 'account',
  check: 'submission',
  comment: 'comment',
  credentials: 'input',
  delegation: 'delegation',
  firstLook: 'project',
  formDraft: 'input',
  invitation: 'invitation',
  meeting: 'meeting',
  milestone: 'phase',
  note: 'note',
  partner: 'person',
  person: 'person',
  phase: 'phase',
  project: 'project',
  savedView: 'savedView',
  session: 'session',
  submission: 'submission',
  task: 'task',
  template: 'template',
  templateVersion: 'templateVersion',
  token: 'token',
};

/** Which ids are tried in a place; null for one that nobody said anything about, which a test refuses. */
export function nounOf(field: Field, { path }: IdPlace): Noun | null {
  const name = path.at(-1) ?? '';
  if (field.name.startsWith('journey')) return nounOfJourneys(path);
  if (name !== 'id') return byName[name] ?? null;
  const fits = Object.keys(byField).filter((prefix) => field.name.startsWith(prefix));
  return byField[fits.sort((a, b) => b.length - a.length)[0] ?? ''] ?? null;
}

/** Valid values by the name of an argument, where its type alone does not say what would be valid. */
export type Valid = Readonly<Record<string, unknown>>;

/** Arguments as somebody would send them who means it: what is required, with the values that are valid here. */
export function argumentsOf(field: Field, valid: Valid): Record<string, unknown> {
  return Object.fromEntries(
    field.args
      .filter((arg) => isNonNullType(arg.type) || arg.name in valid)
      .map((arg) => [arg.name, sampleFor(arg.name, arg.type, valid)]),
  );
}

function sampleFor(name: string, type: GraphQLInputType, valid: Valid): unknown {
  if (name in valid && name !== 'input') return valid[name];
  const inner = getNullableType(type);
  if (isListType(inner)) return [sampleFor('', inner.ofType, valid)];
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields()).filter(
      (one) => (isNonNullType(one.type) && one.defaultValue === undefined) || one.name in valid,
    );
    return Object.fromEntries(fields.map((one) => [one.name, sampleFor(one.name, one.type, valid)]));
  }
  if (isEnumType(inner)) return enums[inner.name] ?? inner.getValues()[0]?.name;
  return scalars[inner.toString()] ?? 'Some words';
}

/** Where the first value would be refused for a reason of its own. */
const enums: Readonly<Record<string, string>> = { Visibility: 'SHARED', Side: 'CLIENT', Role: 'CLIENT_MEMBER' };
const scalars: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2026-06-01',
  DateTime: '2026-06-01T09:00:00Z',
  ID: '01a1ff99-08b0-79b5-9a19-d6a2a325eb61',
};

/** A copy with this id, in its list where it is one, at a place; of a list on the way to it, in the first that is there. */
export function withId(variables: Record<string, unknown>, { path, isList }: IdPlace, id: string) {
  const copy = structuredClone(variables);
  let at = copy;
  for (const step of path.slice(0, -1)) {
    at[step] ??= {};
    const next = at[step];
    at = (Array.isArray(next) ? next[0] : next) as Record<string, unknown>;
  }
  at[path.at(-1) ?? ''] = isList ? [id] : id;
  return copy;
}
