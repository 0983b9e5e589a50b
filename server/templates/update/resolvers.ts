import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { projectTemplateUpdate } from './commands.ts';
import { templateUpdate, updateHeadsLoader, updateTakenLoader } from './queries.ts';
import {
  ProjectTemplateUpdateInput,
  ProjectTemplateUpdatePayload,
  ProjectTemplateUpdateUndoInput,
  TemplateUpdate,
  TemplateUpdateHead,
  TemplateUpdateTaken,
} from './types.ts';
import { projectTemplateUpdateUndo } from './undo/commands.ts';

@Resolver(() => Project)
export class TemplateUpdateResolver {
  @Extensions({ listSize: 2 })
  @FieldResolver(() => [TemplateUpdateHead], {
    description: 'Which of its templates have a newer version; empty for clients, and once it is live.',
  })
  templateUpdates(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return updateHeadsLoader(signedIn(context)).load(project.id);
  }

  @FieldResolver(() => TemplateUpdateTaken, {
    nullable: true,
    description:
      'The last newer version that it went over to, for a month; null: none, taken back, or not yours to see.',
  })
  templateUpdateTaken(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return updateTakenLoader(signedIn(context)).load(project.id);
  }

  @Extensions({ cost: 20 })
  @Query(() => TemplateUpdate, {
    nullable: true,
    description: 'What the newer version of a template would change in a project; null: nothing, or not yours to see.',
  })
  async templateUpdate(
    @Ctx() context: GraphqlContext,
    @Arg('projectId', () => ID, { description: 'The project.' }) projectId: string,
    @Arg('templateId', () => ID, { description: 'One of its templates.' }) templateId: string,
  ) {
    const update = await templateUpdate(signedIn(context), projectId, templateId);
    return update && { ...update, items: update.items.map((item) => ({ ...item, key: item.id })) };
  }

  @Mutation(() => ProjectTemplateUpdatePayload, {
    description: 'Brings a project to the newer version of a template with the changes that are taken, all or none.',
  })
  async projectTemplateUpdate(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectTemplateUpdateInput, { description: 'What was reviewed, and what of it is taken.' })
    input: ProjectTemplateUpdateInput,
  ): Promise<ProjectTemplateUpdatePayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => projectTemplateUpdate(ctx, id, { ...input }));
    return { userErrors, position, project: await projectLoader(ctx).load(id) };
  }
  @Mutation(() => ProjectTemplateUpdatePayload, {
    description:
      'Takes the last update of a project back, as long as no work was built on it; UPDATE_BUILT_ON otherwise.',
  })
  async projectTemplateUpdateUndo(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectTemplateUpdateUndoInput, { description: 'Which update.' })
    input: ProjectTemplateUpdateUndoInput,
  ): Promise<ProjectTemplateUpdatePayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => projectTemplateUpdateUndo(ctx, id, { ...input }));
    return { userErrors, position, project: await projectLoader(ctx).load(id) };
  }
}

@Resolver(() => TemplateUpdateTaken)
export class TemplateUpdateTakenResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who took it over; null when they are gone.' })
  by(@Ctx() context: GraphqlContext, @Root() { byId }: TemplateUpdateTaken) {
    return peopleLoader(signedIn(context)).load(byId);
  }
}
