import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { events, journeys, revisions } from '../../../drizzle/schema/index.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { dayOf } from '../../calendar.ts';
import { loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { daysBack, type PastEdit, type PastMap, type Words } from '../past.ts';
import { type JourneySeen, partsAfter } from '../queries.ts';

/** So many changed parts are taken back at most, on all maps together; what was before them is not told. */
const mostParts = 20_000;

type Edits = { edits: PastEdit[]; isWhole: boolean; timeZone: string };

/** The map at the end of every day on which it was drawn on, the latest first. */
export async function pastOf(ctx: Ctx, journey: JourneySeen): Promise<Iterable<PastMap>> {
  const [{ parts }, { edits, isWhole, timeZone }] = await Promise.all([
    partsAfter(ctx, journey.id, 0),
    editsLoader(ctx).load('all'),
  ]);
  const begunOn = dayOf(journey.createdAt, timeZone);
  const since = edits.filter(({ on }) => on >= begunOn);
  // Who draws on its first day may have drawn on others before it: they are of that day, and taken back with it.
  return daysBack(journey.id, parts, since, isWhole || since.length < edits.length ? begunOn : null);
}

/** What was drawn on all maps, the latest first: two statements for a request, whatever it asks of how many of them. */
function editsLoader(ctx: Ctx) {
  return loaderOf<string, Edits>(ctx, 'journeyEdits', async (keys) => {
    const { timeZone } = await companyCalendar(ctx);
    const drawn = await ctx.db
      .select({ id: events.id, journeyId: events.subjectId, at: events.at, facts: events.facts })
      .from(events)
      .innerJoin(journeys, eq(journeys.id, events.subjectId))
      .where(and(eq(events.kind, 'journey.drawn'), isNull(events.projectId)))
      .orderBy(desc(events.seq))
      .limit(mostParts);
    let room = mostParts;
    const told = drawn.filter(({ facts }) => {
      room -= Number(facts.put ?? 0) + Number(facts.removed ?? 0);
      return room >= 0;
    });
    const ids = told.map(({ id }) => id);
    const rows = await ctx.db
      .select({ eventId: revisions.eventId, before: revisions.before, after: revisions.after })
      .from(revisions)
      .where(inArray(revisions.eventId, ids));
    const words = new Map(rows.map((row) => [row.eventId, row]));
    const edits = told.map(({ id, journeyId, at }) => ({
      ...{ journeyId, on: dayOf(at, timeZone) },
      before: (words.get(id)?.before ?? null) as Words | null,
      after: (words.get(id)?.after ?? null) as Words | null,
    }));
    const isWhole = told.length === drawn.length && drawn.length < mostParts;
    return keys.map(() => ({ edits, isWhole, timeZone }));
  });
}
