import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Audience } from '../access/viewer.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { talk } from './talk.ts';
import { Talk, TypingPerson } from './types.ts';

@Resolver(() => TypingPerson)
export class TalkResolver {
  @Subscription(() => Talk, {
    description: 'Who writes a comment on a task now, as far as the viewer will read it. Never stored.',
    subscribe: ({ args, context }: { args: { taskId: string }; context: GraphqlContext }) =>
      talk(signedIn(context), args.taskId),
  })
  talk(@Root() message: Talk, @Arg('taskId', () => ID, { description: "The task's id." }) _taskId: string): Talk {
    return message;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when they are not yours to know.' })
  person(@Ctx() context: GraphqlContext, @Root() { personId }: { personId: string; audience: Audience }) {
    return peopleLoader(signedIn(context)).load(personId);
  }
}
