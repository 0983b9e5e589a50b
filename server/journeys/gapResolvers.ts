import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { centralisation } from './gaps/centralisation.ts';
import { findGaps } from './gaps/findGaps.ts';
import { hintOf, sentencesOf } from './gaps/sentence.ts';
import { toolsOf } from './gaps/toolsOf.ts';
import { DecisionEnum, JourneyCentralisation, JourneyGap, JourneyGapDecision } from './gapTypes.ts';
import { costsOf } from './measured.ts';
import { measuredLoader } from './measuring/queries.ts';
import { mapOf } from './parts.ts';
import { type DecisionRow, type JourneySeen, type PartsSeen, partsAfter } from './queries.ts';
import { Journey, JourneyParts } from './types.ts';

/** They are found on the whole map, which is read for it. */
const ofWholeMap = { cost: 500, listSize: 1 };

@Resolver(() => Journey)
export class JourneyGapsResolver {
  @FieldResolver(() => [JourneyGap], {
    description: 'Where information is not passed on, the gravest first. It counts as 500 fields.',
  })
  @Extensions(ofWholeMap)
  async gaps(@Ctx() context: GraphqlContext, @Root() { id }: JourneySeen): Promise<JourneyGap[]> {
    const ctx = signedIn(context);
    const [{ parts, decisions }, measured] = await Promise.all([
      partsAfter(ctx, id, 0),
      measuredLoader(ctx).load('all'),
    ]);
    const map = mapOf(parts);
    const decided = new Map(decisions.map((one) => [one.key, one]));
    const say = sentencesOf(map);
    return findGaps(map, costsOf(map, measured)).map((gap) => ({
      key: gap.key,
      kind: gap.kind,
      severity: gap.severity,
      sentence: say(gap),
      hint: hintOf(gap.kind),
      ...gap.about,
      decision: decided.get(gap.key) ?? null,
    }));
  }

  @FieldResolver(() => JourneyCentralisation, {
    description: 'How much of its information is at home in Slipway. It counts as 500 fields.',
  })
  @Extensions(ofWholeMap)
  async centralisation(@Ctx() context: GraphqlContext, @Root() { id }: JourneySeen): Promise<JourneyCentralisation> {
    const map = mapOf((await partsAfter(signedIn(context), id, 0)).parts);
    const { items, homeInSlipway } = centralisation(map);
    return { items, homeInSlipway, tools: toolsOf(map).length };
  }
}

@Resolver(() => JourneyParts)
export class JourneyDecisionsResolver {
  @FieldResolver(() => [JourneyGapDecision], {
    description: 'What was decided of gaps; since a position also what was taken back.',
  })
  @Extensions({ listSize: 1 })
  decisions(@Root() { decisions }: PartsSeen) {
    return decisions;
  }
}

@Resolver(() => JourneyGapDecision)
export class JourneyGapDecisionResolver {
  @FieldResolver(() => DecisionEnum as object, {
    nullable: true,
    description: 'What becomes of the gap; null when that was taken back.',
  })
  decision(@Root() { decision, removedAt }: DecisionRow) {
    return removedAt === null ? decision : null;
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who closes it; null when it is not planned, or they are gone.',
  })
  owner(@Ctx() context: GraphqlContext, @Root() { ownerId }: DecisionRow) {
    return ownerId === null ? null : peopleLoader(signedIn(context)).load(ownerId);
  }
}
