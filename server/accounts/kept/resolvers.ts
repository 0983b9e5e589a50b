import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { type MergedAccount, mergedIntoLoader } from '../merging/queries.ts';
import { AccountMerged } from '../merging/types.ts';
import { type AccountRow, accountLoader } from '../queries.ts';
import { Account } from '../types.ts';
import { type AccountKept, accountKept, type FactKept, factsKeptLoader } from './queries.ts';
import {
  AccountKnownFact,
  AccountStaff,
  AccountViewerCan,
  type FactSource,
  FactSourceEnum,
  factSources,
} from './types.ts';

@Resolver(() => Account)
export class AccountKeptResolver {
  @Query(() => Account, {
    nullable: true,
    description:
      'One account, for staff; the one that it was merged into, where it was. Null when missing, and for clients.',
  })
  async account(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
  ): Promise<AccountRow | null> {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'account.read', { accountId: id }) ? accountLoader(ctx).load(id) : null;
  }

  @FieldResolver(() => AccountStaff, { nullable: true, description: 'What only staff know of it; null for clients.' })
  staff(@Ctx() context: GraphqlContext, @Root() account: AccountRow): AccountKept | null {
    return accountKept(signedIn(context), account);
  }

  @FieldResolver(() => AccountViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() account: AccountRow): AccountViewerCan {
    const { viewer } = signedIn(context);
    const facts = { projectId: '', accountId: account.id, isDraft: false, isOver: false };
    return { edit: can(viewer, 'project.edit', facts), merge: can(viewer, 'account.merge', facts) };
  }
}

@Resolver(() => AccountStaff)
export class AccountStaffResolver {
  @FieldResolver(() => DateTime, { description: 'When it came to Slipway.' })
  createdAt(@Root() { account }: AccountKept): Date {
    return account.createdAt;
  }

  @FieldResolver(() => [AccountKnownFact], { description: 'All that is known of it, by name.' })
  facts(@Ctx() context: GraphqlContext, @Root() { account }: AccountKept): Promise<FactKept[]> {
    return factsKeptLoader(signedIn(context)).load(account.id);
  }

  @FieldResolver(() => [AccountMerged], { description: 'The accounts that were merged into it, the latest first.' })
  merged(@Ctx() context: GraphqlContext, @Root() { account }: AccountKept): Promise<MergedAccount[]> {
    return mergedIntoLoader(signedIn(context)).load(account.id);
  }
}

@Resolver(() => AccountKnownFact)
export class AccountKnownFactResolver {
  @FieldResolver(() => FactSourceEnum as object, { description: 'Where it comes from.' })
  source(@Root() { source }: FactKept): FactSource {
    return factSources.find((one) => one === source) ?? 'OTHER';
  }
}
