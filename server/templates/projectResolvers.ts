import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { can } from '../access/policy.ts';
import { staffPeople } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { projectLoader } from '../projects/queries.ts';
import { words } from '../words/en.ts';
import { projectCreate } from './projectCreate.ts';
import { accountsFound, projectPlan } from './projectPlan.ts';
import {
  AccountFound,
  ProjectCreateInput,
  ProjectCreatePayload,
  ProjectPlan,
  ProjectPlanInput,
} from './projectTypes.ts';

@Resolver()
export class ProjectCreateResolver {
  @Query(() => ProjectPlan, {
    description: 'What a project would be before it is made: its templates, its road and its days. Nothing is kept.',
  })
  projectPlan(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ProjectPlanInput, { description: 'What the project is to be.' }) input: ProjectPlanInput,
  ) {
    const { templateKeys, accountId, ...rest } = input;
    return projectPlan(signedIn(context), {
      ...rest,
      templateKeys: templateKeys ?? null,
      accountId: accountId ?? null,
    });
  }

  @Query(() => [AccountFound], {
    description: 'Accounts whose name holds this, by name; for whoever starts a project.',
  })
  accountsFound(
    @Ctx() context: GraphqlContext,
    @Arg('text', () => String, { description: 'A part of the name; empty: all.' }) text: string,
    @Arg('first', () => Int, { defaultValue: 8, description: 'How many, 1 to 100.' }) first: number,
  ) {
    return accountsFound(signedIn(context), text, pageSize(first));
  }

  @Query(() => [Person], { description: 'Who can run a new project; empty when the viewer may not start one.' })
  possiblePms(@Ctx() context: GraphqlContext) {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'project.create', null) ? staffPeople(ctx) : [];
  }

  @Mutation(() => ProjectCreatePayload, {
    description: 'Starts an integration from templates, its account along with it when it is new.',
  })
  async projectCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ProjectCreateInput, { description: 'What the project is to be.' }) input: ProjectCreateInput,
  ): Promise<ProjectCreatePayload> {
    const ctx = signedIn(context);
    const { accountId, newAccount, handOver, ...rest } = input;
    // An empty text is an id like any other that is not there.
    const id = accountId ?? null;
    const account = newAccount ? { ...newAccount } : id === null ? null : { id };
    if (account === null || (id !== null && newAccount)) {
      throw new ApiError('BAD_USER_INPUT', words.graphql.exactlyOneAccount());
    }
    const { done, userErrors, position } = await outcome(ctx, () =>
      projectCreate(ctx, {
        ...rest,
        account,
        handOver: handOver.map(({ key, value }) => ({ key, value })),
        name: rest.name ?? null,
        pmId: rest.pmId ?? null,
        targetOn: rest.targetOn ?? null,
        revenue: rest.revenue ? { ...rest.revenue } : null,
      }),
    );
    return { userErrors, position, project: done && (await projectLoader(ctx).load(done.id)) };
  }
}
