import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import type { TemplateRow } from '../../templates/queries.ts';
import { Template } from '../../templates/types.ts';
import { processFitLoader, realityLoader } from './queries.ts';
import { ProcessFit, ProcessStep, ProcessWay, TemplateReality } from './types.ts';

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

/** What is told of ways and bottlenecks. */
const most = 10;

@Resolver(() => Template)
export class TemplateRealityResolver {
  /** As 50 projects with their logs, which it reads. */
  @Extensions({ cost: 5_000 })
  @FieldResolver(() => TemplateReality, {
    nullable: true,
    description:
      'What really happened in its projects; null for whoever may not read journeys. It counts as 5,000 fields.',
  })
  async reality(@Ctx() context: GraphqlContext, @Root() { key }: TemplateRow) {
    const reality = await realityLoader(signedIn(context)).load(key);
    if (!reality) return null;
    const ways = reality.ways.slice(0, most).map((way) => ({ ...way, projectCount: way.projectIds.length }));
    return { ...reality, ways, bottlenecks: reality.bottlenecks.slice(0, most) };
  }
}

@Resolver(() => ProcessWay)
export class ProcessWayResolver {
  @Extensions({ listSize: 3 })
  @FieldResolver(() => [Project], { description: 'The newest three that went this way.' })
  async examples(@Ctx() context: GraphqlContext, @Root() { projectIds }: ProcessWay) {
    const found = await projectLoader(signedIn(context)).loadMany(projectIds.slice(0, 3));
    return found.filter((one) => one !== null && !(one instanceof Error));
  }
}
