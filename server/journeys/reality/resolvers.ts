import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { processFitLoader } from './queries.ts';
import { ProcessFit, ProcessStep } from './types.ts';

/** It reads a project's templates whole, and its log. */
const wholeLog = { cost: 200 };

@Resolver(() => Project)
export class ProjectProcessResolver {
  @Extensions(wholeLog)
  @FieldResolver(() => ProcessFit, {
    nullable: true,
    description: 'How it goes against its templates; null for clients, and of a project without a template.',
  })
  processFit(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<ProcessFit | null> {
    return processFitLoader(signedIn(context)).load(project.id);
  }
}

@Resolver(() => ProcessStep)
export class ProcessStepResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task; null where the project does not have it.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: ProcessStep) {
    return taskId === null ? null : taskLoader(signedIn(context)).load(taskId);
  }
}
