import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { inboxChanges } from './inbox.ts';
import { ChangeMessage } from './types.ts';

@Resolver()
export class InboxChangesResolver {
  @Subscription(() => ChangeMessage, {
    description:
      "What comes into the viewer's inbox (`inbox.added`), and what was marked on any device (`inbox.read`, `inbox.unread`: `node` is null when it was several; `conversation.read`: `node` is the task), after a position and then live.",
    subscribe: ({ args, context }: { args: { after?: number | null }; context: GraphqlContext }) =>
      inboxChanges(signedIn(context), args.after ?? null),
  })
  inboxChanges(
    @Root() message: typeof ChangeMessage,
    @Arg('after', () => Int, { nullable: true, description: 'The last position seen; from now on when left out.' })
    _after: number | null,
  ): typeof ChangeMessage {
    return message;
  }
}
