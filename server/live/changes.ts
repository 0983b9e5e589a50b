import { audienceOf, can } from '../access/policy.ts';
import type { StoredEvent } from '../events.ts';
import { companyEventsAfter, companyHead, eventsAfter } from '../platform/events/feed.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { projectLoader } from '../projects/queries.ts';
import { LogStream, type Source } from './streams/source.ts';
import { Change } from './types.ts';

/** The number that a reader of this audience knows an event of a project by; null when it is not theirs to know. */
export function positionFor(ctx: Ctx, event: StoredEvent): number | null {
  return audienceOf(ctx.viewer) === 'INTERNAL' ? event.position : event.sharedPosition;
}

/** What happened in a project after a position: the rest first, then live. Ends when the reader loses the right to read. */
export async function projectChanges(ctx: Ctx, projectId: string, after: number | null): Promise<LogStream> {
  const audience = audienceOf(ctx.viewer);
  const source: Source<StoredEvent> = {
    name: `project:${projectId}:${audience}`,
    topic: `project:${projectId}`,
    head: async (reader) => (await projectLoader(reader).load(projectId))?.position ?? null,
    read: ({ db }, from, limit) => eventsAfter(db, projectId, audience, from, limit),
    numberOf: (event) => (audience === 'INTERNAL' ? event.position : event.sharedPosition) ?? 0,
    kindOf: (event) => event.kind,
    place: (position) => ({ position, cursor: null }),
    message: (reader, event) => changeOf(reader, event, null),
  };
  const head = await source.head(ctx);
  if (head === null) throw new ApiError('NOT_FOUND');
  return new LogStream(ctx, source, after, head);
}

/** What happened in any project of the company. Staff only. */
export async function overviewChanges(ctx: Ctx, after: number | null): Promise<LogStream> {
  const source: Source<StoredEvent> = {
    name: 'company',
    topic: 'company',
    head: async ({ db, viewer }) => (can(viewer, 'overview.read', null) ? companyHead(db) : null),
    read: ({ db }, from, limit) => companyEventsAfter(db, from, limit),
    numberOf: (event) => event.seq,
    kindOf: (event) => event.kind,
    place: (seq) => ({ position: null, cursor: String(seq) }),
    message: (reader, event) => changeOf(reader, event, String(event.seq)),
  };
  const head = await source.head(ctx);
  if (head === null) throw new ApiError('FORBIDDEN');
  return new LogStream(ctx, source, after, head);
}

export function changeOf(ctx: Ctx, event: StoredEvent, cursor: string | null): Change {
  const { projectId, taskId, subjectId, kind, at } = event;
  const position = positionFor(ctx, event);
  return Object.assign(new Change(), { event, position, cursor, projectId, taskId, subjectId, kind, at });
}
