import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { type AccountRow, accountLoader } from '../queries.ts';
import { Account, AccountPayload } from '../types.ts';
import { accountExternalIdRemove, accountExternalIdSet } from './commands.ts';
import { accountIdByExternalId, type ExternalIdSeen, externalIdsLoader } from './queries.ts';
import { AccountExternalId, AccountExternalIdRemoveInput, AccountExternalIdSetInput } from './types.ts';

@Resolver(() => Account)
export class AccountExternalIdResolver {
  @FieldResolver(() => [AccountExternalId], {
    description: 'What other systems call it, by system; at most 20, and empty for clients.',
  })
  externalIds(@Ctx() context: GraphqlContext, @Root() account: AccountRow): Promise<ExternalIdSeen[]> {
    return externalIdsLoader(signedIn(context)).load(account.id);
  }

  @Query(() => Account, {
    nullable: true,
    description: 'The account that another system calls so; null when none is known by it, and for clients.',
  })
  async accountByExternalId(
    @Ctx() context: GraphqlContext,
    @Arg('system', () => String, { description: 'The other system, e.g. salesforce.' }) system: string,
    @Arg('externalId', () => String, { description: 'The id there.' }) externalId: string,
  ): Promise<AccountRow | null> {
    const ctx = signedIn(context);
    const accountId = await accountIdByExternalId(ctx, { system, externalId });
    return accountId === null ? null : accountLoader(ctx).load(accountId);
  }

  @Mutation(() => AccountPayload, { description: 'Writes down what another system calls an account.' })
  async accountExternalIdSet(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
    @Arg('input', () => AccountExternalIdSetInput, { description: 'The revision seen, the system and its id.' })
    { replaces, ...input }: AccountExternalIdSetInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    const given = { ...input, ...(replaces === null || replaces === undefined ? {} : { replaces }) };
    const { userErrors, position } = await outcome(ctx, () => accountExternalIdSet(ctx, id, given));
    return { userErrors, position, account: await accountLoader(ctx).load(id) };
  }

  @Mutation(() => AccountPayload, { description: 'Forgets what another system calls an account.' })
  async accountExternalIdRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
    @Arg('input', () => AccountExternalIdRemoveInput, { description: 'The revision seen, the system and its id.' })
    input: AccountExternalIdRemoveInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => accountExternalIdRemove(ctx, id, input));
    return { userErrors, position, account: await accountLoader(ctx).load(id) };
  }
}
