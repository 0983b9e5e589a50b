import { Ctx, Query, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { overviewFigures } from './queries.ts';
import { Overview } from './types.ts';

@Resolver()
export class StatisticsResolver {
  @Query(() => Overview, { nullable: true, description: 'The figures on top of the overview; null for clients.' })
  overview(@Ctx() context: GraphqlContext) {
    return overviewFigures(signedIn(context));
  }
}
