import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { projectLoader } from '../../projects/queries.ts';
import { firstLookRetry } from './commands.ts';
import { FirstLookRetryPayload } from './types.ts';

@Resolver()
export class FirstLookRetryResolver {
  @Mutation(() => FirstLookRetryPayload, {
    description: "Makes the first look again: of the feed, and without one of the shop's own pages.",
  })
  async firstLookRetry(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
  ): Promise<FirstLookRetryPayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => firstLookRetry(ctx, id));
    return { userErrors, position, project: await projectLoader(ctx).load(id) };
  }
}
