import { audienceOf, can } from '../access/policy.ts';
import type { StoredEvent } from '../events.ts';
import { closable, openDoorbell } from '../platform/events/doorbell.ts';
import { companyEventsAfter, companyHead, eventsAfter, maxReplay } from '../platform/events/feed.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { projectLoader } from '../projects/queries.ts';
import { CaughtUp, Change, Heartbeat, Reload } from './types.ts';

export type Message = Change | CaughtUp | Heartbeat | Reload;

const batch = 200;
const heartbeatMs = 15_000;

/** How a stream reads its log, and how it names a place in it. */
type Source = {
  /** Whether the reader may still read, and how far the log has come; null when they may not. */
  head(): Promise<number | null>;
  read(after: number): Promise<StoredEvent[]>;
  numberOf(event: StoredEvent): number;
  place(number: number): { position: number | null; cursor: string | null };
};

/** The number that a reader of this audience knows an event of a project by; null when it is not theirs to know. */
export function positionFor(ctx: Ctx, event: StoredEvent): number | null {
  return audienceOf(ctx.viewer) === 'INTERNAL' ? event.position : event.sharedPosition;
}

/** What happened in a project after a position: the rest first, then live. Ends when the reader loses the right to read. */
export async function projectChanges(ctx: Ctx, projectId: string, after: number | null) {
  const audience = audienceOf(ctx.viewer);
  const source: Source = {
    async head() {
      // A stream outlives a request: rights and rows are asked for anew.
      ctx.loaders.clear();
      return (await projectLoader(ctx).load(projectId))?.position ?? null;
    },
    read: (from) => eventsAfter(ctx.db, projectId, audience, from, batch),
    numberOf: (event) => positionFor(ctx, event) ?? 0,
    place: (position) => ({ position, cursor: null }),
  };
  if ((await source.head()) === null) throw new ApiError('NOT_FOUND');
  return stream(ctx, `project:${projectId}`, source, after);
}

/** What happened in any project of the company. Staff only. */
export async function overviewChanges(ctx: Ctx, after: number | null) {
  const mayRead = () => can(ctx.viewer, 'overview.read', null);
  if (!mayRead()) throw new ApiError('FORBIDDEN');
  return stream(
    ctx,
    'company',
    {
      head: async () => (mayRead() ? companyHead(ctx.db) : null),
      read: (from) => companyEventsAfter(ctx.db, from, batch),
      numberOf: (event) => event.seq,
      place: (seq) => ({ position: null, cursor: String(seq) }),
    },
    after,
  );
}

/**
 * The states of a stream: behind -> caught up -> (rung -> behind again) ...; it ends by `return`, or when the reader may
 * no longer read. The bell is opened before the log is read: what commits in between rings, and nothing is skipped.
 */
function stream(ctx: Ctx, topic: `project:${string}` | 'company', source: Source, after: number | null) {
  const bell = openDoorbell(ctx.bus, topic);

  async function* messages(): AsyncGenerator<Message, void, void> {
    try {
      const start = await source.head();
      if (start === null) return;
      let last = after ?? start;
      if (last > start || start - last > maxReplay) {
        const reason = last > start ? 'LOG_RESTORED' : 'TOO_FAR_BEHIND';
        last = start;
        yield Object.assign(new Reload(), { reason, ...source.place(last) });
      }
      let isCaughtUp = false;
      for (;;) {
        const events = await source.read(last);
        for (const event of events) {
          last = source.numberOf(event);
          // Each change is loaded afresh: what an earlier message loaded is older than this event.
          ctx.loaders.clear();
          yield changeOf(ctx, event, source.place(last).cursor);
        }
        if (events.length === batch) continue;
        if (!isCaughtUp) yield Object.assign(new CaughtUp(), source.place(last));
        isCaughtUp = true;
        const woken = await bell.wait(heartbeatMs);
        if (woken === 'closed' || (await source.head()) === null) return;
        if (woken === 'timeout') yield Object.assign(new Heartbeat(), source.place(last));
      }
    } finally {
      bell.close();
    }
  }

  return closable(messages(), () => bell.close());
}

export function changeOf(ctx: Ctx, event: StoredEvent, cursor: string | null): Change {
  const { projectId, taskId, subjectId, kind, at } = event;
  const position = positionFor(ctx, event);
  return Object.assign(new Change(), { event, position, cursor, projectId, taskId, subjectId, kind, at });
}
