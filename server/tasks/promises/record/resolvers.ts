import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../../../accounts/queries.ts';
import { Person } from '../../../accounts/types.ts';
import { pageSize } from '../../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../../platform/graphql/context.ts';
import type { ProjectSeen } from '../../../projects/queries.ts';
import { Project } from '../../../projects/types.ts';
import { taskLoader } from '../../queries.ts';
import { Task } from '../../types.ts';
import { promisesPage } from './queries.ts';
import { ProjectPromise, ProjectPromiseConnection } from './types.ts';

@Resolver(() => Project)
export class ProjectPromisesResolver {
  @FieldResolver(() => ProjectPromiseConnection, {
    description: 'The days that each side named for shared tasks, newest first; the same for both sides.',
  })
  promises(
    @Ctx() context: GraphqlContext,
    @Root() project: ProjectSeen,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' }) after: string | null,
  ) {
    return promisesPage(signedIn(context), project, { first: pageSize(first), after });
  }
}

@Resolver(() => ProjectPromise)
export class ProjectPromiseResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'For which task; null of one that is hidden since.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: ProjectPromise) {
    return taskLoader(signedIn(context)).load(taskId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who said it.' })
  by(@Ctx() context: GraphqlContext, @Root() { personId }: ProjectPromise) {
    return peopleLoader(signedIn(context)).load(personId);
  }
}
