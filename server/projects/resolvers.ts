import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import {
  accountLoader,
  partnersOfProjectLoader,
  peopleLoader,
  peopleOfAccountLoader,
  staffPeople,
} from '../accounts/queries.ts';
import { Account, Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import { movesFrom } from './moves.ts';
import {
  type PhaseRow,
  type ProjectSeen,
  phasesOfProjectLoader,
  projectCount,
  projectLoader,
  projectStaffLoader,
  projectsPage,
  wentLiveLoader,
} from './queries.ts';
import { Phase, Project, ProjectConnection, ProjectStaff, ProjectViewerCan } from './types.ts';

@Resolver(() => Project)
export class ProjectResolver {
  @Query(() => ProjectConnection, { description: 'Projects that the viewer may see, by target date, earliest first.' })
  async projects(
    @Ctx() context: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    const ctx = signedIn(context);
    return projectsPage(ctx, pageSize(first), after ?? null);
  }

  @Query(() => Project, { nullable: true, description: 'One project; null when it is missing or not yours to see.' })
  project(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: "The project's id." }) id: string) {
    return projectLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => Account, { description: 'Whose shop it is.' })
  account(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return accountLoader(signedIn(context)).load(project.accountId);
  }

  @FieldResolver(() => Person, { description: 'The project manager.' })
  pm(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return peopleLoader(signedIn(context)).load(project.pmId);
  }

  @FieldResolver(() => [Person], {
    description: "People to ask: the project manager, then the account's people by name, then its partners.",
  })
  async people(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    const ctx = signedIn(context);
    const [pm, clients, partners] = await Promise.all([
      peopleLoader(ctx).load(project.pmId),
      peopleOfAccountLoader(ctx).load(project.accountId),
      partnersOfProjectLoader(ctx).load(project.id),
    ]);
    return [...(pm ? [pm] : []), ...clients, ...partners];
  }

  @FieldResolver(() => [Person], { description: "People of the shop's agency who see this project." })
  partners(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return partnersOfProjectLoader(signedIn(context)).load(project.id);
  }

  @FieldResolver(() => [Person], { description: 'Who can run it; empty when the viewer may not give it to anybody.' })
  assignablePms(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'project.assignPm', project) ? staffPeople(ctx) : [];
  }

  @FieldResolver(() => ProjectViewerCan, { description: 'What the viewer may do with it now.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): ProjectViewerCan {
    const { viewer } = signedIn(context);
    return {
      project,
      edit: can(viewer, 'project.edit', project),
      editMoney: can(viewer, 'project.editMoney', project),
      assignPm: can(viewer, 'project.assignPm', project),
      moves: can(viewer, 'project.move', project) ? movesFrom(project.state) : [],
    };
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it went live; null for one that did not.',
  })
  wentLiveAt(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<Date | null> | null {
    const isPast = project.state === 'LIVE' || project.state === 'CLOSED';
    return isPast ? wentLiveLoader(signedIn(context)).load(project.id) : null;
  }

  @FieldResolver(() => [Phase], { description: 'The road, in order.' })
  phases(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<PhaseRow[]> {
    return phasesOfProjectLoader(signedIn(context)).load(project.id);
  }

  @FieldResolver(() => ProjectStaff, { nullable: true, description: 'What only staff may know; null for clients.' })
  async staff(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<ProjectStaff | null> {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'project.readStaffFields', project)) return null;
    const row = await projectStaffLoader(ctx).load(project.id);
    return row && ProjectStaff.of(row, can(ctx.viewer, 'project.readMoney', project));
  }
}

@Resolver(() => ProjectConnection)
export class ProjectConnectionResolver {
  @FieldResolver(() => Int, { description: 'All projects that the viewer may see.' })
  totalCount(@Ctx() context: GraphqlContext): Promise<number> {
    return projectCount(signedIn(context));
  }
}
