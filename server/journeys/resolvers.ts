import {
  Arg,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { can } from '../access/policy.ts';
import type { Committed } from '../platform/database/transaction.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { journeyCreate, journeyEdit, journeyGapDecide, journeyUpdate, journeyVote } from './commands.ts';
import { JourneyGapDecideInput } from './gapTypes.ts';
import { journeyChanges } from './live.ts';
import type { PartKind } from './parts.ts';
import {
  JourneyDepartment,
  JourneyFlow,
  JourneyGoal,
  JourneyInterview,
  JourneyItem,
  JourneyLink,
  JourneyPainPoint,
  JourneyPersona,
  JourneyStage,
  JourneySystem,
  JourneyTouchpoint,
} from './partTypes.ts';
import {
  type JourneySeen,
  journeyLoader,
  journeysOf,
  type PartsSeen,
  partsAfter,
  touchpointCountLoader,
} from './queries.ts';
import {
  Journey,
  JourneyChange,
  JourneyCreateInput,
  JourneyEditInput,
  JourneyParts,
  JourneyPayload,
  JourneyUpdateInput,
  JourneyViewerCan,
} from './types.ts';

const idArg = { description: "The journey's id." };

@Resolver(() => Journey)
export class JourneyResolver {
  @Query(() => [Journey], { description: 'Every map of the company, by name, at most 200. Empty for clients.' })
  @Extensions({ listSize: 50 })
  journeys(@Ctx() context: GraphqlContext) {
    return journeysOf(signedIn(context));
  }

  @Query(() => Journey, { nullable: true, description: 'One map; null when it is missing or not yours to see.' })
  journey(@Ctx() context: GraphqlContext, @Arg('id', () => ID, idArg) id: string) {
    return journeyLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => JourneyViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() { archivedAt }: JourneySeen): JourneyViewerCan {
    const { viewer } = signedIn(context);
    const isOpen = archivedAt === null;
    return {
      edit: isOpen && can(viewer, 'journey.edit', null),
      vote: can(viewer, 'journey.vote', null),
      comment: isOpen && can(viewer, 'journey.comment', null),
    };
  }

  @FieldResolver(() => Int, { description: 'How many touchpoints stand on it.' })
  touchpointCount(@Ctx() context: GraphqlContext, @Root() { id }: JourneySeen) {
    return touchpointCountLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => JourneyParts, {
    description: 'All that stands on its map, or all that changed since a position. It counts as 500 fields.',
  })
  @Extensions({ cost: 500 })
  parts(
    @Ctx() context: GraphqlContext,
    @Root() { id }: JourneySeen,
    @Arg('after', () => Int, { defaultValue: 0, description: 'A position that was given before; 0 for the whole map.' })
    after: number,
  ) {
    return partsAfter(signedIn(context), id, after);
  }

  @Mutation(() => JourneyPayload, { description: 'Begins a journey, with an empty map or with a copy of one.' })
  async journeyCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => JourneyCreateInput, { description: 'Its name.' }) input: JourneyCreateInput,
  ) {
    const from = { copyOfId: input.copyOfId ?? null, templateId: input.templateId ?? null };
    return done(signedIn(context), null, (ctx) => journeyCreate(ctx, { ...input, ...from }));
  }

  @Mutation(() => JourneyPayload, { description: 'Renames a journey, puts it away or takes it out again.' })
  async journeyUpdate(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => JourneyUpdateInput, { description: 'The revision seen, and what changes.' })
    input: JourneyUpdateInput,
  ) {
    return done(signedIn(context), id, (ctx) => journeyUpdate(ctx, id, { ...input }));
  }

  @Mutation(() => JourneyPayload, {
    description: 'Draws on a map, all or nothing. A part that changed since it was seen is a CONFLICT of its field.',
  })
  async journeyEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => JourneyEditInput, { description: 'What is put, and what goes.' }) input: JourneyEditInput,
  ) {
    return done(signedIn(context), id, (ctx) => journeyEdit(ctx, id, { ...input }));
  }

  @Mutation(() => JourneyPayload, {
    description: 'Says what becomes of a gap: somebody closes it, it is left as it is, or neither any more.',
  })
  async journeyGapDecide(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => JourneyGapDecideInput, { description: 'Which gap, and what becomes of it.' })
    input: JourneyGapDecideInput,
  ) {
    const decision = input.decision ?? null;
    return done(signedIn(context), id, (ctx) => journeyGapDecide(ctx, id, { ...input, decision }));
  }

  @Mutation(() => JourneyPayload, { description: 'Says that a pain point is worth mending first, or takes that back.' })
  async journeyVote(
    @Ctx() context: GraphqlContext,
    @Arg('painPointId', () => ID, { description: "The pain point's id." }) painPointId: string,
    @Arg('isOn', () => Boolean, { description: 'Whether the vote is given.' }) isOn: boolean,
  ) {
    return done(signedIn(context), null, (ctx) => journeyVote(ctx, painPointId, isOn));
  }
}

@Resolver()
export class JourneyChangesResolver {
  @Subscription(() => JourneyChange, {
    description: 'What changes on a map after a position, and then live. It begins with a message.',
    subscribe: ({ args, context }: { args: { journeyId: string; after?: number | null }; context: GraphqlContext }) =>
      journeyChanges(signedIn(context), args.journeyId, args.after ?? 0),
  })
  journeyChanges(
    @Root() message: JourneyChange,
    @Arg('journeyId', () => ID, idArg) _journeyId: string,
    @Arg('after', () => Int, { nullable: true, description: 'A position that was given before; 0 for the whole map.' })
    _after: number | null,
  ): JourneyChange {
    return message;
  }
}

/** Runs an act on a journey; refused, it answers with the journey as it is, for the person to look at. */
export async function done(
  context: Context,
  id: string | null,
  act: (ctx: Context) => Promise<Committed<{ id: string }>>,
) {
  const { done: value, ...rest } = await outcome(context, () => act(context));
  const journeyId = value?.id ?? id;
  return { journey: journeyId === null ? null : await journeyLoader(context).load(journeyId), ...rest };
}

/** The lists of a map count as one each: how long they may be is bounded, and `parts` is dear for all of them. */
const oneList = { listSize: 1 };

@Resolver(() => JourneyParts)
export class JourneyPartsResolver {
  @FieldResolver(() => [JourneyStage], { description: 'Stages, in any order; `rank` says theirs.' })
  @Extensions(oneList)
  stages(@Root() seen: PartsSeen) {
    return partsOf(seen, 'STAGE');
  }

  @FieldResolver(() => [JourneyDepartment], { description: 'The lanes.' })
  @Extensions(oneList)
  departments(@Root() seen: PartsSeen) {
    return partsOf(seen, 'DEPARTMENT');
  }

  @FieldResolver(() => [JourneyGoal], { description: 'What departments want.' })
  @Extensions(oneList)
  goals(@Root() seen: PartsSeen) {
    return partsOf(seen, 'GOAL');
  }

  @FieldResolver(() => [JourneyTouchpoint], { description: 'At most 2,000.' })
  @Extensions(oneList)
  touchpoints(@Root() seen: PartsSeen) {
    return partsOf(seen, 'TOUCHPOINT');
  }

  @FieldResolver(() => [JourneyItem], { description: 'Pieces of information.' })
  @Extensions(oneList)
  items(@Root() seen: PartsSeen) {
    return partsOf(seen, 'ITEM');
  }

  @FieldResolver(() => [JourneySystem], { description: 'Tools in which information stands.' })
  @Extensions(oneList)
  systems(@Root() seen: PartsSeen) {
    return partsOf(seen, 'SYSTEM');
  }

  @FieldResolver(() => [JourneyLink], { description: 'Integrations between systems.' })
  @Extensions(oneList)
  links(@Root() seen: PartsSeen) {
    return partsOf(seen, 'LINK');
  }

  @FieldResolver(() => [JourneyFlow], { description: 'At most 20,000 with all other parts.' })
  @Extensions(oneList)
  flows(@Root() seen: PartsSeen) {
    return partsOf(seen, 'FLOW');
  }

  @FieldResolver(() => [JourneyPainPoint], { description: 'What hurts, and how many say so.' })
  @Extensions(oneList)
  painPoints(@Root() seen: PartsSeen) {
    return partsOf(seen, 'PAIN_POINT');
  }

  @FieldResolver(() => [JourneyPersona], { description: 'For whom the journey is made.' })
  @Extensions(oneList)
  personas(@Root() seen: PartsSeen) {
    return partsOf(seen, 'PERSONA');
  }

  @FieldResolver(() => [JourneyInterview], { description: 'What those said who were asked.' })
  @Extensions(oneList)
  interviews(@Root() seen: PartsSeen) {
    return partsOf(seen, 'INTERVIEW');
  }
}

function partsOf({ parts }: PartsSeen, kind: PartKind): object[] {
  return parts.flatMap(({ kind: of, body, ...part }) => (of === kind ? [{ ...body, ...part }] : []));
}
