import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { commentLoader } from '../comments/queries.ts';
import { Comment } from '../comments/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { projectLoader } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { type DayGroup, type DayItem, type MyDaySeen, myDay, type Why } from './queries.ts';
import { MyDay, MyDayGroup, MyDayItem, MyDayWhy } from './types.ts';

@Resolver(() => MyDay)
export class MyDayResolver {
  @Query(() => MyDay, { nullable: true, description: 'What needs the viewer today, and why; null for clients.' })
  @Extensions({ cost: 20 })
  myDay(@Ctx() context: GraphqlContext) {
    return myDay(signedIn(context));
  }

  @FieldResolver(() => Int, { description: 'How many things need the viewer.' })
  count(@Root() { groups }: MyDaySeen): number {
    return groups.reduce((sum, { items }) => sum + items.length, 0);
  }

  @FieldResolver(() => [MyDayGroup], { description: 'By urgency; what is empty is left out.' })
  @Extensions({ listSize: 5 })
  groups(@Root() { groups }: MyDaySeen): DayGroup[] {
    return groups;
  }
}

@Resolver(() => MyDayGroup)
export class MyDayGroupResolver {
  @FieldResolver(() => Int, { description: 'How many there are, also beyond `items`.' })
  count(@Root() { items }: DayGroup): number {
    return items.length;
  }

  @FieldResolver(() => [MyDayItem], { description: 'The first of them: the earliest day, or what waits longest.' })
  @Extensions({ listSize: 100 })
  items(
    @Root() { items }: DayGroup,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
  ): DayItem[] {
    return items.slice(0, pageSize(first));
  }
}

@Resolver(() => MyDayItem)
export class MyDayItemResolver {
  @FieldResolver(() => Project, { nullable: true, description: 'The project; null when it was just taken away.' })
  project(@Ctx() context: GraphqlContext, @Root() { projectId }: DayItem) {
    return projectLoader(signedIn(context)).load(projectId);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task; null when it is about the whole project.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: DayItem) {
    return taskId === null ? null : taskLoader(signedIn(context)).load(taskId);
  }

  @FieldResolver(() => [MyDayWhy], { description: 'The reasons, the most urgent first.' })
  @Extensions({ listSize: 3 })
  whys(@Root() { whys }: DayItem): Why[] {
    return whys;
  }
}

@Resolver(() => MyDayWhy)
export class MyDayWhyResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who did or said it; null when it came by itself.' })
  actor(@Ctx() context: GraphqlContext, @Root() { actorId }: Why) {
    return actorId === null ? null : peopleLoader(signedIn(context)).load(actorId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'In whose place they are asked; null: for themselves.' })
  inPlaceOf(@Ctx() context: GraphqlContext, @Root() { inPlaceOfId }: Why) {
    return inPlaceOfId === null ? null : peopleLoader(signedIn(context)).load(inPlaceOfId);
  }

  @FieldResolver(() => Comment, { nullable: true, description: 'The comment that names them; null when none does.' })
  comment(@Ctx() context: GraphqlContext, @Root() { commentId }: Why) {
    return commentId === null ? null : commentLoader(signedIn(context)).load(commentId);
  }
}
