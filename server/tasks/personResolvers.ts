import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can, type PersonFacts } from '../access/policy.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { openTaskCountLoader } from './queries.ts';

/** What tasks add to a person. */
@Resolver(() => Person)
export class PersonTasksResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many open tasks are theirs, of those that the viewer may see; null for those who may not remove them.',
  })
  openTaskCount(@Ctx() context: GraphqlContext, @Root() person: PersonFacts & { id: string }): Promise<number> | null {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'person.remove', person) ? openTaskCountLoader(ctx).load(person.id) : null;
  }
}
