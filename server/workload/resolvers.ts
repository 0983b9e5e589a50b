import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { type WorkloadPersonSeen, type WorkloadSeen, workload, workloadTasks } from './queries.ts';
import { Workload, WorkloadCell, WorkloadPerson, WorkloadTask, WorkloadTaskConnection, WorkloadWeek } from './types.ts';

@Resolver(() => Workload)
export class WorkloadResolver {
  @Query(() => Workload, {
    nullable: true,
    description: 'How full the weeks ahead are, by person; null for clients. PMs and contributors see their own.',
  })
  @Extensions({ cost: 20 })
  workload(@Ctx() context: GraphqlContext) {
    return workload(signedIn(context));
  }

  @Query(() => WorkloadTaskConnection, {
    nullable: true,
    description: "Somebody's tasks in a week, by due day; null for a week or a person that cannot be asked about.",
  })
  workloadTasks(
    @Ctx() context: GraphqlContext,
    @Arg('personId', () => ID, { nullable: true, description: 'Whose; left out: those that nobody has yet.' })
    personId: string | null,
    @Arg('from', () => CalendarDate, { description: 'The Monday of the week.' }) from: string,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
  ) {
    return workloadTasks(signedIn(context), personId ?? null, from, pageSize(first), after ?? null);
  }

  @FieldResolver(() => [WorkloadWeek], { description: 'Eight, this one first.' })
  @Extensions({ listSize: 8 })
  weeks(@Root() { weeks }: WorkloadSeen): WorkloadWeek[] {
    return weeks;
  }

  @FieldResolver(() => [WorkloadPerson], {
    description: 'By name, then what nobody has yet; of a PM and a contributor only they themselves.',
  })
  @Extensions({ listSize: 60 })
  people(@Root() { people }: WorkloadSeen): WorkloadPersonSeen[] {
    return people;
  }
}

@Resolver(() => WorkloadPerson)
export class WorkloadPersonResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose weeks these are; null: what nobody has yet.' })
  person(@Root() { person }: WorkloadPersonSeen) {
    return person;
  }

  @FieldResolver(() => [WorkloadCell], { description: 'In the order of the weeks.' })
  @Extensions({ listSize: 8 })
  weeks(@Root() { weeks }: WorkloadPersonSeen): WorkloadCell[] {
    return weeks;
  }
}

@Resolver(() => WorkloadTask)
export class WorkloadTaskResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task; null when it was just taken away.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: WorkloadTask) {
    return taskLoader(signedIn(context)).load(taskId);
  }
}
