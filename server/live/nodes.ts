import { accountLoader, peopleLoader } from '../accounts/queries.ts';
import { commentLoader } from '../comments/queries.ts';
import type { StoredEvent } from '../events.ts';
import { fileLoader } from '../files/queries.ts';
import { noteLoader } from '../notes/queries.ts';
import type { Ctx } from '../platform/services.ts';
import { phaseLoader, projectLoader } from '../projects/queries.ts';
import { submissionLoader } from '../submissions/queries.ts';
import { taskLoader } from '../tasks/queries.ts';

type Found = object & { __typename: string };
type Loader = { load(id: string): Promise<object | null> };

/** Every type with an id of its own: how it is loaded for a viewer. All of them give null for what is not theirs. */
const loaders: Record<string, (ctx: Ctx) => Loader> = {
  Project: projectLoader,
  Phase: phaseLoader,
  Task: taskLoader,
  Submission: submissionLoader,
  File: fileLoader,
  Comment: commentLoader,
  Note: noteLoader,
  Person: peopleLoader,
  Account: accountLoader,
};

/** The type of the changed object, by the first word of the event's kind. */
const typeOfNoun: Record<string, string> = {
  account: 'Account',
  person: 'Person',
  project: 'Project',
  task: 'Task',
  submission: 'Submission',
  comment: 'Comment',
  note: 'Note',
};

async function load(ctx: Ctx, type: string, id: string): Promise<Found | null> {
  const found = await loaders[type]?.(ctx).load(id);
  return found ? { ...found, __typename: type } : null;
}

/** Anything by its id; null when it is missing or not the viewer's to see. */
export async function nodeById(ctx: Ctx, id: string): Promise<Found | null> {
  const found = await Promise.all(Object.keys(loaders).map((type) => load(ctx, type, id)));
  return found.find((node) => node !== null) ?? null;
}

/** The object that an event changed, as it is now and as this reader may see it; null when gone or hidden. */
export async function nodeOfEvent(ctx: Ctx, event: StoredEvent): Promise<Found | null> {
  const type = typeOfNoun[event.kind.split('.')[0] ?? ''];
  return type === undefined ? null : load(ctx, type, event.subjectId);
}
