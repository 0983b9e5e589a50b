import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';
import { Task, TaskViewerCan } from '../tasks/types.ts';
import { approvalDelegate, delegationEnd } from './commands.ts';
import { decidesOn, delegateCandidates, delegationOfTaskLoader, mayDelegate, ownDelegations } from './queries.ts';
import { ApprovalDelegateInput, ApprovalDelegatePayload, Delegation, DelegationEndPayload } from './types.ts';

const few = { listSize: 20 };
const household = { listSize: 40 };

@Resolver(() => Delegation)
export class DelegationResolver {
  @Extensions(few)
  @Query(() => [Delegation], { description: 'What the viewer gave to others and what is not over, soonest first.' })
  async delegationsGiven(@Ctx() context: GraphqlContext): Promise<Delegation[]> {
    return (await ownDelegations(signedIn(context), 'fromId')).map(Delegation.of);
  }

  @Extensions(few)
  @Query(() => [Delegation], { description: 'In whose place the viewer decides, or is going to, soonest first.' })
  async delegationsReceived(@Ctx() context: GraphqlContext): Promise<Delegation[]> {
    return (await ownDelegations(signedIn(context), 'toId')).map(Delegation.of);
  }

  @Extensions(household)
  @Query(() => [Person], { description: 'Who may decide in the place of the viewer; empty for who approves nothing.' })
  delegationCandidates(@Ctx() context: GraphqlContext) {
    return delegateCandidates(signedIn(context));
  }

  @Mutation(() => ApprovalDelegatePayload, {
    description: 'Names who approves in the place of the viewer: one task, or all of theirs for some days.',
  })
  async approvalDelegate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ApprovalDelegateInput, { description: 'Who, and what or when.' }) input: ApprovalDelegateInput,
  ): Promise<ApprovalDelegatePayload> {
    const { done, ...rest } = await outcome(signedIn(context), () => approvalDelegate(signedIn(context), input));
    return { ...rest, delegation: done && Delegation.of(done) };
  }

  @Mutation(() => DelegationEndPayload, { description: 'Ends what the viewer gave to another, or was given.' })
  async delegationEnd(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The delegation's id." }) id: string,
  ): Promise<DelegationEndPayload> {
    const { done, ...rest } = await outcome(signedIn(context), () => delegationEnd(signedIn(context), id));
    return { ...rest, delegation: done && Delegation.of(done) };
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Whose approvals they are.' })
  from(@Ctx() context: GraphqlContext, @Root() { row }: Delegation) {
    return peopleLoader(signedIn(context)).load(row.fromId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who decides meanwhile.' })
  to(@Ctx() context: GraphqlContext, @Root() { row }: Delegation) {
    return peopleLoader(signedIn(context)).load(row.toId);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The one task; null: all of theirs.' })
  task(@Ctx() context: GraphqlContext, @Root() { row }: Delegation) {
    return row.taskId === null ? null : taskLoader(signedIn(context)).load(row.taskId);
  }
}

@Resolver(() => Task)
export class TaskDelegationResolver {
  @FieldResolver(() => Delegation, {
    nullable: true,
    description: "Who decides on it in another's place now; null for nobody, and for whoever is of another side.",
  })
  async delegation(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<Delegation | null> {
    const row = await delegationOfTaskLoader(signedIn(context)).load(task.id);
    return row && Delegation.of(row);
  }
}

@Resolver(() => TaskViewerCan)
export class TaskDelegationCanResolver {
  @FieldResolver(() => Boolean, { description: 'Name who approves it in their place.' })
  delegate(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): boolean {
    const ctx = signedIn(context);
    return mayDelegate(ctx.viewer) && decidesOn(ctx, task);
  }
}
