import { can, type PersonFacts } from '../access/policy.ts';
import { holdsScope, scopeOfType } from '../access/scopes.ts';
import type { Viewer } from '../access/viewer.ts';
import { accountLoader, peopleLoader } from '../accounts/queries.ts';
import { commentLoader } from '../comments/queries.ts';
import type { StoredEvent } from '../events.ts';
import { fileLoader } from '../files/queries.ts';
import { journeyLoader } from '../journeys/queries.ts';
import { noteLoader } from '../notes/queries.ts';
import { inboxItemLoader } from '../notifications/queries.ts';
import type { Ctx } from '../platform/services.ts';
import { phaseLoader, projectLoader } from '../projects/queries.ts';
import { inputLoader } from '../submissions/deliver/queries.ts';
import { meetingLoader } from '../submissions/meetings/queries.ts';
import { submissionLoader } from '../submissions/queries.ts';
import { taskLoader } from '../tasks/queries.ts';
import { templateLoader, templateVersionLoader } from '../templates/queries.ts';
import { tokenLoader } from '../tokens/queries.ts';
import { savedViewLoader } from '../views/queries.ts';

type Found = object & { __typename: string };
type Loader = { load(id: string): Promise<object | null> };

/** Every type with an id of its own: how it is loaded for a viewer. All of them give null for what is not theirs. */
const loaders: Record<string, (ctx: Ctx) => Loader> = {
  Project: projectLoader,
  Phase: phaseLoader,
  Task: taskLoader,
  Submission: submissionLoader,
  TaskInput: inputLoader,
  Meeting: meetingLoader,
  File: fileLoader,
  Comment: commentLoader,
  Note: noteLoader,
  InboxItem: inboxItemLoader,
  Person: peopleLoader,
  Account: accountLoader,
  SavedView: savedViewLoader,
  Journey: journeyLoader,
  ApiToken: tokenLoader,
  Template: templateLoader,
  TemplateVersion: templateVersionLoader,
};

/** The type of the changed object, by the first word of the event's kind. */
const typeOfNoun: Record<string, string> = {
  account: 'Account',
  person: 'Person',
  partner: 'Person',
  project: 'Project',
  firstLook: 'Project',
  phase: 'Phase',
  task: 'Task',
  handover: 'Task',
  submission: 'Submission',
  approval: 'Submission',
  meeting: 'Meeting',
  comment: 'Comment',
  conversation: 'Task',
  note: 'Note',
  inbox: 'InboxItem',
  view: 'SavedView',
  journey: 'Journey',
  token: 'ApiToken',
  template: 'Template',
};

async function load(ctx: Ctx, type: string, id: string): Promise<Found | null> {
  if (!isOpenToToken(ctx.viewer, type)) return null;
  const found = await loaders[type]?.(ctx).load(id);
  return found && isOfToken(ctx.viewer, type, found) ? { ...found, __typename: type } : null;
}

/** By a bare id a token gets what its scopes read: whose name it meets on the way is another matter. */
function isOpenToToken({ token }: Viewer, type: string): boolean {
  if (token === null) return true;
  const scope = scopeOfType(type, true);
  return scope === undefined || (scope !== null && holdsScope(token.scopes, scope));
}

/** Whether a person or an account, which others may be met by name, is one that this token may look up. */
function isOfToken(viewer: Viewer, type: string, found: object): boolean {
  if (viewer.token === null) return true;
  if (type === 'Person') return can(viewer, 'person.read', found as PersonFacts);
  if (type !== 'Account') return true;
  const accountId = (found as { id: string }).id;
  return can(viewer, 'project.read', { accountId, projectId: '', isDraft: false, isOver: false });
}

/** Anything by its id; null when it is missing or not the viewer's to see. */
export async function nodeById(ctx: Ctx, id: string): Promise<Found | null> {
  const found = await Promise.all(Object.keys(loaders).map((type) => load(ctx, type, id)));
  return found.find((node) => node !== null && mayLookUp(ctx.viewer, node)) ?? null;
}

/** A partner who was detached is met by name in what they wrote; to look them up takes more. */
function mayLookUp(viewer: Viewer, node: Found): boolean {
  if (node.__typename !== 'Person') return true;
  return (node as { id?: string }).id === viewer.personId || can(viewer, 'person.read', node as unknown as PersonFacts);
}

/** The object that an event changed, as it is now and as this reader may see it; null when gone or hidden. */
export async function nodeOfEvent(ctx: Ctx, event: StoredEvent): Promise<Found | null> {
  const type = typeOfNoun[event.kind.split('.')[0] ?? ''];
  return type === undefined ? null : load(ctx, type, event.subjectId);
}
