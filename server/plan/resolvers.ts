import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { projectHealthOverride, projectHealthOverrideClear } from './commands.ts';
import { healthLoader } from './queries.ts';
import {
  HealthOverride,
  HealthReason,
  ProjectHealth,
  ProjectHealthOverrideClearInput,
  ProjectHealthOverrideClearPayload,
  ProjectHealthOverrideInput,
  ProjectHealthOverridePayload,
} from './types.ts';

@Resolver(() => Project)
export class ProjectHealthResolver {
  @FieldResolver(() => ProjectHealth, {
    nullable: true,
    description: 'How it is doing and why; null for clients, and when it is not active.',
  })
  health(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return healthLoader(signedIn(context)).load(project.id);
  }

  @Mutation(() => ProjectHealthOverridePayload, {
    description: "Says what a project's health is, against what is computed, with a reason and an end.",
  })
  async projectHealthOverride(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectHealthOverrideInput, { description: 'The health, why and until when.' })
    input: ProjectHealthOverrideInput,
  ): Promise<ProjectHealthOverridePayload> {
    const ctx = signedIn(context);
    const { done: _, ...rest } = await outcome(ctx, () => projectHealthOverride(ctx, id, input));
    return { project: await projectLoader(ctx).load(id), ...rest };
  }

  @Mutation(() => ProjectHealthOverrideClearPayload, { description: 'Lets the computed health hold again.' })
  async projectHealthOverrideClear(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectHealthOverrideClearInput, { description: 'The revision seen.' })
    input: ProjectHealthOverrideClearInput,
  ): Promise<ProjectHealthOverrideClearPayload> {
    const ctx = signedIn(context);
    const { done: _, ...rest } = await outcome(ctx, () => projectHealthOverrideClear(ctx, id, input.revision));
    return { project: await projectLoader(ctx).load(id), ...rest };
  }
}

@Resolver(() => ProjectHealth)
export class ProjectHealthRightsResolver {
  @FieldResolver(() => Boolean, { description: 'Whether the viewer may override it.' })
  async viewerCanOverride(@Ctx() context: GraphqlContext, @Root() health: ProjectHealth): Promise<boolean> {
    const ctx = signedIn(context);
    const project = await projectLoader(ctx).load(health.projectId);
    return project !== null && can(ctx.viewer, 'project.overrideHealth', project);
  }
}

@Resolver(() => HealthReason)
export class HealthReasonResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The one task that shows it best.' })
  task(@Ctx() context: GraphqlContext, @Root() reason: HealthReason) {
    return reason.taskId === null ? null : taskLoader(signedIn(context)).load(reason.taskId);
  }
}

@Resolver(() => HealthOverride)
export class HealthOverrideResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who said it; null when they are gone.' })
  by(@Ctx() context: GraphqlContext, @Root() override: HealthOverride) {
    return peopleLoader(signedIn(context)).load(override.byId);
  }
}
