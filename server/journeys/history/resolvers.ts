import { setImmediate } from 'node:timers/promises';
import { Arg, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { CalendarDate } from '../../platform/graphql/scalars.ts';
import { centralisation } from '../gaps/centralisation.ts';
import { toolsOf } from '../gaps/toolsOf.ts';
import { mapOf } from '../parts.ts';
import type { JourneySeen, PartsSeen } from '../queries.ts';
import { Journey, JourneyParts } from '../types.ts';
import { pastOf } from './queries.ts';
import { JourneyDay } from './types.ts';

/** The whole map is read, and all that was drawn. */
const wholePast = { cost: 1_000, listSize: 1 };
/** Nobody reads a longer line. */
const mostDays = 90;

@Resolver(() => Journey)
export class JourneyHistoryResolver {
  @FieldResolver(() => [JourneyDay], {
    description: `What it amounted to over time: at most the last ${mostDays} days on which it was drawn on, the latest first. It counts as 1,000 fields.`,
  })
  @Extensions(wholePast)
  async history(@Ctx() context: GraphqlContext, @Root() journey: JourneySeen): Promise<JourneyDay[]> {
    const days: JourneyDay[] = [];
    for (const { on, parts } of await pastOf(signedIn(context), journey)) {
      // A large map takes some milliseconds a day, and others are waiting.
      await setImmediate();
      const map = mapOf(parts.values());
      const { items, homeInSlipway } = centralisation(map);
      days.push({ on, touchpoints: map.touchpoints.length, items, homeInSlipway, tools: toolsOf(map).length });
      if (days.length === mostDays) break;
    }
    return days;
  }

  @FieldResolver(() => JourneyParts, {
    nullable: true,
    description:
      'What stood on its map at the end of a day: without votes, and with 0 for revisions. Null before its first day. It counts as 1,000 fields.',
  })
  @Extensions({ cost: 1_000 })
  async partsOn(
    @Ctx() context: GraphqlContext,
    @Root() journey: JourneySeen,
    @Arg('on', () => CalendarDate, { description: "The company's day." }) on: string,
  ): Promise<PartsSeen | null> {
    for (const past of await pastOf(signedIn(context), journey)) {
      if (past.on > on) continue;
      const parts = [...past.parts.values()].map((part) => ({ ...part, revision: 0, votes: 0, hasMyVote: false }));
      const nothing = { removedIds: [], comments: [], representatives: [], decisions: [] };
      return { journeyId: journey.id, position: 0, parts, ...nothing };
    }
    return null;
  }
}
