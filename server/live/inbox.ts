import type { StoredEvent } from '../events.ts';
import { type InboxEntry, inboxAfter, inboxHead } from '../notifications/queries.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { LogStream, type Source } from './streams/source.ts';
import { Change } from './types.ts';

/** What comes into the viewer's inbox, and what is read of it on any device, after a position and then live. */
export async function inboxChanges(ctx: Ctx, after: number | null): Promise<LogStream> {
  const { personId } = ctx.viewer;
  const source: Source<InboxEntry> = {
    name: `inbox:${personId}`,
    topic: `inbox:${personId}`,
    head: inboxHead,
    read: (reader, from, limit) => inboxAfter(reader, personId, from, limit),
    numberOf: ({ position }) => position,
    kindOf: ({ kind }) => kind,
    place: (position) => ({ position, cursor: null }),
    message: (_, entry) => changeOf(entry),
  };
  const head = await source.head(ctx);
  if (head === null) throw new ApiError('FORBIDDEN');
  return new LogStream(ctx, source, after, head);
}

/** Where it happened, and who did it, stands in the item alone, which is loaded with the reader's rights of now. */
function changeOf({ personId, position, kind, at, ...entry }: InboxEntry): Change {
  const subjectId = entry.subjectId ?? personId;
  const nowhere = { projectId: null, taskId: null };
  const event: StoredEvent = {
    ...nowhere,
    id: subjectId,
    seq: 0,
    position,
    sharedPosition: null,
    kind,
    audience: 'SHARED',
    actorId: null,
    subjectId,
    facts: {},
    at,
  };
  return Object.assign(new Change(), { event, position, cursor: null, ...nowhere, subjectId, kind, at });
}
