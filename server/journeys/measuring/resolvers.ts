import { Ctx, Extensions, Query, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { Measured } from '../measured.ts';
import { measuredLoader } from './queries.ts';
import { JourneyMeasures } from './types.ts';

@Resolver()
export class JourneyMeasuresResolver {
  @Query(() => JourneyMeasures, {
    description: 'What waiting and rework cost on live projects. Empty for clients. It counts as 500 fields.',
  })
  @Extensions({ cost: 500 })
  journeyMeasures(@Ctx() context: GraphqlContext): Promise<Measured> {
    return measuredLoader(signedIn(context)).load('all');
  }
}
