import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import {
  accountVariables,
  openGatesOfProject,
  taskLoader,
  tasksOfProjectLoader,
  variablesIn,
} from '../tasks/queries.ts';
import { accountFactsLoader } from './projectFacts.ts';
import { projectMove } from './projectMove.ts';
import { AccountFact, ProjectMoveInput, ProjectMovePayload } from './projectTypes.ts';

@Resolver(() => Project)
export class ProjectPlanResolver {
  @Mutation(() => ProjectMovePayload, { description: 'Takes a project one step on in its life.' })
  async projectMove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectMoveInput, { description: 'The revision seen, and the step.' }) input: ProjectMoveInput,
  ): Promise<ProjectMovePayload> {
    const ctx = signedIn(context);
    const act = { ...input, reason: input.reason ?? null };
    const { userErrors, position } = await outcome(ctx, () => projectMove(ctx, id, act));
    const isGated = userErrors.some((error) => error.code === 'GATES_OPEN');
    const gates = isGated ? await openGatesOfProject(ctx.db, id) : [];
    const seen = await taskLoader(ctx).loadMany(gates.map((gate) => gate.id));
    return {
      userErrors,
      position,
      project: await projectLoader(ctx).load(id),
      openGates: seen.flatMap((task) => (task && 'id' in task ? [task] : [])),
    };
  }

  @FieldResolver(() => [AccountFact], {
    description:
      'What the documentation of its tasks says of the account, known or not; empty for who may not edit it.',
  })
  async accountFacts(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<AccountFact[]> {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'project.edit', project)) return [];
    const [tasks, known] = await Promise.all([
      tasksOfProjectLoader(ctx).load(project.id),
      accountFactsLoader(ctx).load(project.accountId),
    ]);
    const used = new Set(tasks.flatMap((task) => variablesIn(task.documentation)));
    return accountVariables.filter((key) => used.has(key)).map((key) => ({ key, value: known.get(key) || null }));
  }
}
