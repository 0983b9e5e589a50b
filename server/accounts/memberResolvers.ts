import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Committed } from '../platform/database/transaction.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { partnerAttach } from './commands.ts';
import { partnerDetach, personChangeRole, personRemoveAs, personRestore, profileEdit } from './members.ts';
import { PartnerProjectInput, PersonChangeRoleInput, PersonPayload, ProfileEditInput } from './memberTypes.ts';
import { peopleLoader } from './queries.ts';
import { Person } from './types.ts';

@Resolver(() => Person)
export class MemberResolver {
  @Mutation(() => PersonPayload, {
    description: 'Gives somebody another role. They sign in anew: every session and socket of theirs ends.',
  })
  personChangeRole(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The person's id." }) id: string,
    @Arg('input', () => PersonChangeRoleInput, { description: 'The new role.' }) input: PersonChangeRoleInput,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => personChangeRole(ctx, id, input.role));
  }

  @Mutation(() => PersonPayload, {
    description: "Takes somebody's access away, at once and everywhere. What they did stays under their name.",
  })
  personRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The person's id." }) id: string,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => personRemoveAs(ctx, id));
  }

  @Mutation(() => PersonPayload, {
    description: 'Takes a removal back: they may sign in again, with the role they had.',
  })
  personRestore(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The person's id." }) id: string,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => personRestore(ctx, id));
  }

  @Mutation(() => PersonPayload, { description: 'Lets a partner see a project.' })
  partnerAttach(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The partner's id." }) id: string,
    @Arg('input', () => PartnerProjectInput, { description: 'Which project.' }) input: PartnerProjectInput,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => partnerAttach(ctx, id, input.projectId));
  }

  @Mutation(() => PersonPayload, { description: 'Takes a project away from a partner, at once.' })
  partnerDetach(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The partner's id." }) id: string,
    @Arg('input', () => PartnerProjectInput, { description: 'Which project.' }) input: PartnerProjectInput,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => partnerDetach(ctx, id, input.projectId));
  }

  @Mutation(() => PersonPayload, { description: "Edits the viewer's own name and time zone." })
  profileEdit(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ProfileEditInput, { description: 'Name and time zone.' }) input: ProfileEditInput,
  ): Promise<PersonPayload> {
    const ctx = signedIn(context);
    return withPerson(ctx, () => profileEdit(ctx, input));
  }
}

async function withPerson(ctx: Context, act: () => Promise<Committed<{ id: string }>>): Promise<PersonPayload> {
  const { done, userErrors } = await outcome(ctx, async () => {
    const { value, positions } = await act();
    return { value: { ...value, projectId: '' }, positions };
  });
  return { userErrors, position: null, person: done === null ? null : await peopleLoader(ctx).load(done.id) };
}
