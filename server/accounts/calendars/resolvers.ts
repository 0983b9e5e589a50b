import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import type { AccountKept } from '../kept/queries.ts';
import { AccountStaff } from '../kept/types.ts';
import { accountLoader } from '../queries.ts';
import { AccountPayload } from '../types.ts';
import { accountCalendarSet } from './commands.ts';
import { type AccountDays, calendarsLoader } from './queries.ts';
import { AccountCalendar, AccountCalendarSetInput } from './types.ts';

@Resolver(() => AccountStaff)
export class AccountCalendarResolver {
  @FieldResolver(() => AccountCalendar, { description: 'When it works.' })
  async calendar(@Ctx() context: GraphqlContext, @Root() { account }: AccountKept): Promise<AccountDays> {
    return (await calendarsLoader(signedIn(context)).load(account.id)).days;
  }

  @Mutation(() => AccountPayload, { description: 'Writes down when an account works; due days stay where they are.' })
  async accountCalendarSet(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The account's id." }) id: string,
    @Arg('input', () => AccountCalendarSetInput, { description: 'The revision seen, and all its days.' })
    { revision, workingDays, holidays }: AccountCalendarSetInput,
  ): Promise<AccountPayload> {
    const ctx = signedIn(context);
    const days = { revision, workingDays: workingDays ?? null, holidays };
    const { userErrors, position } = await outcome(ctx, () => accountCalendarSet(ctx, id, days));
    return { userErrors, position, account: await accountLoader(ctx).load(id) };
  }
}
