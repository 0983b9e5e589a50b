import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome, type UserError } from '../../platform/graphql/payload.ts';
import { projectLoader } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { projectCreateFromRow, RowRefused } from './commands.ts';
import { type List, type ListedRow, projectListPlan } from './plan.ts';
import {
  ProjectCreateFromRowInput,
  ProjectCreateFromRowPayload,
  ProjectList,
  ProjectListInput,
  ProjectListRow,
} from './types.ts';

@Resolver()
export class ProjectListResolver {
  @Extensions({ cost: 200 })
  @Query(() => ProjectList, {
    description: 'What a list of accounts would make, row by row; known accounts are named. Nothing is kept.',
  })
  projectListPlan(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ProjectListInput, { description: 'The list, or a part of it.' }) input: ProjectListInput,
  ): Promise<List> {
    return projectListPlan(signedIn(context), input);
  }

  @Mutation(() => ProjectCreateFromRowPayload, {
    description: 'Starts the integration of one row of a list. A user error for each thing that is wrong with the row.',
  })
  async projectCreateFromRow(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ProjectCreateFromRowInput, { description: 'The row.' }) input: ProjectCreateFromRowInput,
  ): Promise<ProjectCreateFromRowPayload> {
    const ctx = signedIn(context);
    let problems: readonly UserError[] = [];
    const { done, userErrors, position } = await outcome(ctx, async () => {
      try {
        return await projectCreateFromRow(ctx, { ...input });
      } catch (error) {
        if (error instanceof RowRefused) problems = error.problems;
        throw error;
      }
    });
    return {
      userErrors: problems.length > 0 ? [...problems] : userErrors,
      position,
      project: done && (await projectLoader(ctx).load(done.id)),
      isMade: done?.isMade ?? false,
      invited: done?.invited ?? null,
      notInvited: done?.notInvited ?? null,
    };
  }
}

@Resolver(() => ProjectListRow)
export class ProjectListRowResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who would run it; null when not recognised.' })
  pm(@Root() row: ListedRow, @Ctx() context: GraphqlContext) {
    return row.pm && peopleLoader(signedIn(context)).load(row.pm.id);
  }

  @FieldResolver(() => Int, { description: 'How many information items it hands over.' })
  factCount(@Root() row: ListedRow): number {
    return row.handOver.length;
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description: 'The integration that stands already; null without one.',
  })
  project(@Root() row: ListedRow, @Ctx() context: GraphqlContext) {
    return row.standing && projectLoader(signedIn(context)).load(row.standing.id);
  }
}
