import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { accountLoader, type PersonSeen, peopleLoader } from '../queries.ts';
import { AccountPayload, Person } from '../types.ts';
import { accountMerge } from './commands.ts';
import { mergePreview } from './queries.ts';
import { AccountMergeInput, AccountMergePreview } from './types.ts';

@Resolver(() => AccountMergePreview)
export class AccountMergeResolver {
  @Query(() => AccountMergePreview, {
    nullable: true,
    description: 'What merging would do. Null when one of the two is missing, both are one, or it is not yours to do.',
  })
  async accountMergePreview(
    @Ctx() context: GraphqlContext,
    @Arg('intoId', () => ID, { description: 'The account that stays.' }) intoId: string,
    @Arg('fromId', () => ID, { description: 'The account that ends.' }) fromId: string,
  ): Promise<AccountMergePreview | null> {
    const content = await mergePreview(signedIn(context), intoId, fromId);
    if (content === null) return null;
    const { digest, into, from, moving, conflicts, externalIds, invitations, tokens } = content;
    const counts = { invitationCount: invitations.length, tokenCount: tokens.length };
    const seen = { content, digest, into, from, facts: moving, conflicts, externalIds, ...counts };
    return Object.assign(new AccountMergePreview(), seen);
  }

  @FieldResolver(() => [Person], {
    description: 'The people of the account that ends: they see the projects of the other one then.',
  })
  people(@Ctx() context: GraphqlContext, @Root() { content }: AccountMergePreview): Promise<PersonSeen[]> {
    return loaded(context, content.people);
  }

  @FieldResolver(() => [Person], {
    description: 'The people of the account that stays: they see the projects of the one that ends then.',
  })
  intoPeople(@Ctx() context: GraphqlContext, @Root() { content }: AccountMergePreview): Promise<PersonSeen[]> {
    return loaded(context, content.intoPeople);
  }

  @Mutation(() => AccountPayload, {
    description:
      'Makes everything of one account that of another, for good: people of both see the projects of both then. Managers and admins alone, never by a token.',
  })
  async accountMerge(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: 'The account that stays.' }) id: string,
    @Arg('input', () => AccountMergeInput, { description: 'The account that ends, and what was seen and chosen.' })
    input: AccountMergeInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => accountMerge(ctx, id, input));
    return { userErrors, position, account: await accountLoader(ctx).load(id) };
  }
}

async function loaded(context: GraphqlContext, ids: readonly string[]): Promise<PersonSeen[]> {
  const found = await peopleLoader(signedIn(context)).loadMany([...ids]);
  return found.flatMap((person) => (person && !(person instanceof Error) ? [person] : []));
}
