import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Committed } from '../platform/database/transaction.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { personInvite } from './commands.ts';
import { type InvitationSeen, invitationLoader } from './invitationQueries.ts';
import { personReinvite, personUninvite } from './invitations.ts';
import {
  Invitation,
  InvitationResendPayload,
  InvitationRevokePayload,
  PersonInviteInput,
  PersonInvitePayload,
} from './invitationTypes.ts';
import { peopleLoader } from './queries.ts';
import { Person } from './types.ts';

@Resolver(() => Invitation)
export class InvitationResolver {
  @Mutation(() => PersonInvitePayload, { description: 'Invites somebody by mail. They join when they open it.' })
  personInvite(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => PersonInviteInput, { description: 'Whom, as what, and where.' }) input: PersonInviteInput,
  ): Promise<PersonInvitePayload> {
    const ctx = signedIn(context);
    return withInvitation(ctx, () => personInvite(ctx, { ...input, accountId: input.accountId ?? null }));
  }

  @Mutation(() => InvitationResendPayload, { description: 'Sends an invitation again, good for 7 days from now.' })
  invitationResend(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The invitation's id." }) id: string,
  ): Promise<InvitationResendPayload> {
    const ctx = signedIn(context);
    return withInvitation(ctx, () => personReinvite(ctx, id));
  }

  @Mutation(() => InvitationRevokePayload, { description: 'Takes an invitation back: nobody can accept it any more.' })
  invitationRevoke(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The invitation's id." }) id: string,
  ): Promise<InvitationRevokePayload> {
    const ctx = signedIn(context);
    return withInvitation(ctx, () => personUninvite(ctx, id));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it is too old to be accepted; sending it again makes it good.',
  })
  isExpired(@Ctx() context: GraphqlContext, @Root() invitation: InvitationSeen): boolean {
    return invitation.expiresAt <= context.clock.now();
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who invited them; null when hidden.' })
  invitedBy(@Ctx() context: GraphqlContext, @Root() invitation: InvitationSeen) {
    return peopleLoader(signedIn(context)).load(invitation.invitedBy);
  }
}

async function withInvitation(ctx: Context, act: () => Promise<Committed<{ id: string }>>) {
  const { done, userErrors, position } = await outcome(ctx, async () => ofCompany(await act()));
  return { userErrors, position, invitation: done === null ? null : await invitationLoader(ctx).load(done.id) };
}

/** What happens to people is of no project, so that its payload has no position. */
function ofCompany<T extends object>({ value, positions }: Committed<T>): Committed<T & { projectId: string }> {
  return { value: { ...value, projectId: '' }, positions };
}
