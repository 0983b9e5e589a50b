import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PersonSeen } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { type ProjectSeen, projectLoader } from './queries.ts';
import { Project } from './types.ts';

/** What projects add to a person. */
@Resolver(() => Person)
export class PartnerProjectsResolver {
  @FieldResolver(() => [Project], {
    description: 'The projects that a partner is attached to and the viewer may see; empty for everybody else.',
  })
  async attachedTo(@Ctx() context: GraphqlContext, @Root() person: PersonSeen): Promise<ProjectSeen[]> {
    const found = await projectLoader(signedIn(context)).loadMany([...person.projectIds]);
    return found.filter((project) => project !== null && !(project instanceof Error)) as ProjectSeen[];
  }
}
