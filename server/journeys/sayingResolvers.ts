import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { journeyComment, journeyCommentUpdate, journeyRepresent, journeySign } from './commands.ts';
import { mapOf } from './parts.ts';
import { drawnAtLoader, type JourneySeen, type PartsSeen, partsAfter } from './queries.ts';
import { done } from './resolvers.ts';
import { agreementOf } from './said.ts';
import type { SaidRow } from './saying/rows.ts';
import {
  JourneyAgreement,
  JourneyComment,
  JourneyCommentInput,
  JourneyCommentUpdateInput,
  JourneyRepresentative,
  JourneyRepresentInput,
} from './sayingTypes.ts';
import { Journey, JourneyParts, JourneyPayload } from './types.ts';

const idArg = { description: "The journey's id." };

@Resolver(() => Journey)
export class JourneySayingResolver {
  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When its stages, goals, touchpoints, flows or pain points last changed; null while there are none.',
  })
  drawnAt(@Ctx() context: GraphqlContext, @Root() { id }: JourneySeen) {
    return drawnAtLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => JourneyAgreement, {
    description: 'Whether the teams that take part agree to it. It counts as 500 fields.',
  })
  @Extensions({ cost: 500 })
  async agreement(@Ctx() context: GraphqlContext, @Root() { id }: JourneySeen): Promise<JourneyAgreement> {
    const ctx = signedIn(context);
    const [{ parts, representatives }, drawnAt] = await Promise.all([
      partsAfter(ctx, id, 0),
      drawnAtLoader(ctx).load(id),
    ]);
    const speaking = representatives.map(({ body }) => body);
    return agreementOf(mapOf(parts), speaking, drawnAt);
  }

  @Mutation(() => JourneyPayload, { description: 'Says something of a map, or of a part of it.' })
  async journeyComment(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => JourneyCommentInput, { description: 'What, and of which part.' }) input: JourneyCommentInput,
  ) {
    const aboutId = input.aboutId ?? null;
    return done(signedIn(context), id, (ctx) => journeyComment(ctx, id, { ...input, aboutId }));
  }

  @Mutation(() => JourneyPayload, { description: 'Changes a comment, settles it, takes it away or back.' })
  async journeyCommentUpdate(
    @Ctx() context: GraphqlContext,
    @Arg('commentId', () => ID, { description: "The comment's id." }) commentId: string,
    @Arg('input', () => JourneyCommentUpdateInput, { description: 'What changes.' }) input: JourneyCommentUpdateInput,
  ) {
    return done(signedIn(context), null, (ctx) => journeyCommentUpdate(ctx, commentId, { ...input }));
  }

  @Mutation(() => JourneyPayload, { description: 'Says who speaks for a department on a map.' })
  async journeyRepresent(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('input', () => JourneyRepresentInput, { description: 'Who, for which department.' })
    { departmentId, personId }: JourneyRepresentInput,
  ) {
    const said = { departmentId, personId: personId ?? null };
    return done(signedIn(context), id, (ctx) => journeyRepresent(ctx, id, said));
  }

  @Mutation(() => JourneyPayload, {
    description: 'Signs a map as it is for the department that the viewer speaks for, or takes that back.',
  })
  async journeySign(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, idArg) id: string,
    @Arg('departmentId', () => ID, { description: 'The department.' }) departmentId: string,
    @Arg('isOn', () => Boolean, { description: 'Whether it is signed.' }) isOn: boolean,
  ) {
    return done(signedIn(context), id, (ctx) => journeySign(ctx, id, departmentId, isOn));
  }
}

@Resolver(() => JourneyParts)
export class JourneySaidResolver {
  @FieldResolver(() => [JourneyComment], { description: 'What was said of it, settled or not.' })
  @Extensions({ listSize: 1 })
  comments(@Root() { comments }: PartsSeen) {
    return comments;
  }

  @FieldResolver(() => [JourneyRepresentative], { description: 'Who speaks for the departments.' })
  @Extensions({ listSize: 1 })
  representatives(@Root() { representatives }: PartsSeen) {
    return representatives;
  }
}

type Comment = SaidRow<'COMMENT'>;

@Resolver(() => JourneyComment)
export class JourneyCommentResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'The part that it is about; null: the whole map.' })
  aboutId(@Root() { body }: Comment) {
    return body.aboutId;
  }

  @FieldResolver(() => String, { description: 'What was said.' })
  text(@Root() { body }: Comment) {
    return body.text;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who said it; null when they are gone.' })
  author(@Ctx() context: GraphqlContext, @Root() { body }: Comment) {
    return peopleLoader(signedIn(context)).load(body.authorId);
  }

  @FieldResolver(() => DateTime, { description: 'When it was said.' })
  createdAt(@Root() { body }: Comment) {
    return new Date(body.at);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it was put into other words.' })
  editedAt(@Root() { body }: Comment) {
    return dateOf(body.editedAt);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it was settled; null while it is open.' })
  resolvedAt(@Root() { body }: Comment) {
    return dateOf(body.resolvedAt);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who settled it.' })
  resolvedBy(@Ctx() context: GraphqlContext, @Root() { body }: Comment) {
    return body.resolvedById === null ? null : peopleLoader(signedIn(context)).load(body.resolvedById);
  }
}

type Representative = SaidRow<'REPRESENTATIVE'>;

@Resolver(() => JourneyRepresentative)
export class JourneyRepresentativeResolver {
  @FieldResolver(() => ID, { description: 'The department.' })
  departmentId(@Root() { body }: Representative) {
    return body.departmentId;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who speaks for it; null when they are gone.' })
  person(@Ctx() context: GraphqlContext, @Root() { body }: Representative) {
    return peopleLoader(signedIn(context)).load(body.personId);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When they signed the map; null: they have not.' })
  signedAt(@Root() { body }: Representative) {
    return dateOf(body.signedAt);
  }
}

const dateOf = (at: string | null) => (at === null ? null : new Date(at));
