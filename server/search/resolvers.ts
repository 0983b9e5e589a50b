import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { Node } from '../platform/graphql/node.ts';
import { projectLoader } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { type SearchHit as Hit, type SearchKind, searchPage, subjectOf } from './queries.ts';
import { excerptOf } from './terms.ts';
import { ExcerptPart, SearchConnection, SearchHit, SearchKindEnum } from './types.ts';

@Resolver(() => SearchHit)
export class SearchResolver {
  @Query(() => SearchConnection, {
    description: 'What the viewer may see and what answers a question, the best first. Words may be half typed.',
  })
  search(
    @Ctx() context: GraphqlContext,
    @Arg('text', () => String, { description: 'The question; its first 200 characters and 8 words count.' })
    text: string,
    @Arg('kinds', () => [SearchKindEnum as object], { nullable: true, description: 'Only these; all when left out.' })
    kinds: SearchKind[] | null,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
  ) {
    return searchPage(signedIn(context), text, kinds ?? null, pageSize(first), after ?? null);
  }

  @FieldResolver(() => [ExcerptPart], { description: 'The text around what was found, cut where it matches.' })
  excerpt(@Root() hit: Hit): ExcerptPart[] {
    return excerptOf(hit.body, hit.terms);
  }

  @FieldResolver(() => Node, { nullable: true, description: 'The thing itself; null when it was just taken away.' })
  node(@Ctx() context: GraphqlContext, @Root() hit: Hit) {
    return subjectOf(signedIn(context), hit);
  }

  @FieldResolver(() => Project, { nullable: true, description: 'Where it stands; null for a person.' })
  project(@Ctx() context: GraphqlContext, @Root() hit: Hit) {
    return hit.projectId === null ? null : projectLoader(signedIn(context)).load(hit.projectId);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task it stands on; null when on none.' })
  task(@Ctx() context: GraphqlContext, @Root() hit: Hit) {
    return hit.taskId === null ? null : taskLoader(signedIn(context)).load(hit.taskId);
  }
}
