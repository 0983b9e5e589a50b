import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import type { TokenSeen } from '../tokens/queries.ts';
import { ApiToken } from '../tokens/types.ts';
import { projectLoader } from './queries.ts';
import { Project } from './types.ts';

/** What projects add to a token. */
@Resolver(() => ApiToken)
export class TokenProjectsResolver {
  @FieldResolver(() => [Project], {
    nullable: true,
    description: 'Only these projects, those that the viewer may see; null: not restricted by project.',
  })
  async projects(@Ctx() context: GraphqlContext, @Root() { projectIds }: TokenSeen) {
    if (projectIds === null) return null;
    const found = await projectLoader(signedIn(context)).loadMany(projectIds);
    return found.filter((project) => project !== null && !(project instanceof Error));
  }
}
