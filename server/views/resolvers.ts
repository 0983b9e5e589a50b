import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { savedViewCreate, savedViewDelete, savedViewSetDefault, savedViewUpdate } from './commands.ts';
import {
  type GroupBy,
  integrationOptions,
  integrationsPage,
  type OptionsSeen,
  savedViewLoader,
  savedViewsOf,
} from './queries.ts';
import {
  GroupEnum,
  IntegrationConnection,
  IntegrationFilter,
  IntegrationGroup,
  IntegrationOptions,
  IntegrationSort,
  SavedView,
  SavedViewCreateInput,
  SavedViewCreatePayload,
  SavedViewDeleteInput,
  SavedViewDeletePayload,
  SavedViewSetDefaultPayload,
  SavedViewUpdateInput,
  SavedViewUpdatePayload,
} from './types.ts';

@Resolver(() => SavedView)
export class SavedViewResolver {
  @Query(() => IntegrationConnection, {
    nullable: true,
    description: 'The lines of the overview, filtered, sorted and grouped. Staff only; NOT_FOUND for others.',
  })
  integrations(
    @Ctx() context: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same order: what stands behind it.' })
    after: string | null,
    @Arg('filter', () => IntegrationFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: IntegrationFilter | null,
    @Arg('sort', () => IntegrationSort, { nullable: true, description: 'In which order; by target when left out.' })
    sort: IntegrationSort | null,
    @Arg('groupBy', () => GroupEnum as object, { nullable: true, description: 'In which groups.' })
    groupBy: GroupBy | null,
    @Arg('perGroup', () => Int, {
      nullable: true,
      description: 'At most so many of each group, 1 to 50; all when left out.',
    })
    perGroup: number | null,
    @Arg('offset', () => Int, {
      defaultValue: 0,
      description: 'So many are left out at the beginning, for whoever scrolls into the middle of the list.',
    })
    offset: number,
  ) {
    const input = {
      filter: filter ?? null,
      sort: sort ?? null,
      groupBy: groupBy ?? null,
      perGroup: perGroup ?? null,
    };
    return integrationsPage(signedIn(context), input, pageSize(first), { after: after ?? null, offset });
  }

  @Query(() => IntegrationOptions, { nullable: true, description: 'What can be filtered by; null for clients.' })
  integrationOptions(@Ctx() context: GraphqlContext) {
    return integrationOptions(signedIn(context));
  }

  @Query(() => [SavedView], { description: "The viewer's own views and those shared with all staff, by name." })
  @Extensions({ listSize: 60 })
  savedViews(@Ctx() context: GraphqlContext) {
    return savedViewsOf(signedIn(context));
  }

  @Query(() => SavedView, { nullable: true, description: 'One view; null when it is missing or not yours to see.' })
  savedView(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: "The view's id." }) id: string) {
    return savedViewLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is; null when they are gone.' })
  owner(@Ctx() context: GraphqlContext, @Root() view: SavedView) {
    return peopleLoader(signedIn(context)).load(view.ownerId);
  }

  @Mutation(() => SavedViewCreatePayload, { description: 'Keeps a way to look at the overview under a name.' })
  async savedViewCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => SavedViewCreateInput, { description: 'The name, for whom, and how it looks.' })
    input: SavedViewCreateInput,
  ): Promise<SavedViewCreatePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => savedViewCreate(ctx, input));
    return { savedView: done && (await savedViewLoader(ctx).load(done.id)), ...rest };
  }

  @Mutation(() => SavedViewUpdatePayload, { description: 'Renames a view, shares it, or gives it another look.' })
  async savedViewUpdate(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The view's id." }) id: string,
    @Arg('input', () => SavedViewUpdateInput, { description: 'The revision seen, and what changes.' })
    input: SavedViewUpdateInput,
  ): Promise<SavedViewUpdatePayload> {
    const ctx = signedIn(context);
    const { done: _, ...rest } = await outcome(ctx, () => savedViewUpdate(ctx, id, input));
    return { savedView: await savedViewLoader(ctx).load(id), ...rest };
  }

  @Mutation(() => SavedViewDeletePayload, { description: 'Deletes a view.' })
  async savedViewDelete(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The view's id." }) id: string,
    @Arg('input', () => SavedViewDeleteInput, { description: 'The revision seen.' }) input: SavedViewDeleteInput,
  ): Promise<SavedViewDeletePayload> {
    const ctx = signedIn(context);
    const { done: _, ...rest } = await outcome(ctx, () => savedViewDelete(ctx, id, input.revision));
    return { savedView: await savedViewLoader(ctx).load(id), ...rest };
  }

  @Mutation(() => SavedViewSetDefaultPayload, {
    description: 'Says which view the overview opens with for the viewer.',
  })
  async savedViewSetDefault(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { nullable: true, description: "The view's id; null for the plain overview." })
    id: string | null,
  ): Promise<SavedViewSetDefaultPayload> {
    const ctx = signedIn(context);
    const { done: _, ...rest } = await outcome(ctx, () => savedViewSetDefault(ctx, id ?? null));
    return { savedView: id ? await savedViewLoader(ctx).load(id) : null, ...rest };
  }
}

type Page = Awaited<ReturnType<typeof integrationsPage>>;

@Resolver(() => IntegrationConnection)
export class IntegrationConnectionResolver {
  @FieldResolver(() => Int, { description: 'All that the filter lets through.' })
  totalCount(@Root() page: Page): number {
    return page.totalCount;
  }

  @FieldResolver(() => [IntegrationGroup], { description: 'The groups in their order; empty when not grouped.' })
  groups(@Root() page: Page): Page['groups'] {
    return page.groups;
  }
}

@Resolver(() => IntegrationGroup)
export class IntegrationGroupResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'The project manager of all in it.' })
  pm(@Ctx() context: GraphqlContext, @Root() group: IntegrationGroup) {
    return group.pmId === null ? null : peopleLoader(signedIn(context)).load(group.pmId);
  }
}

@Resolver(() => IntegrationOptions)
export class IntegrationOptionsResolver {
  @FieldResolver(() => [Person], { description: 'The project managers of all integrations, by name.' })
  async pms(@Ctx() context: GraphqlContext, @Root() options: OptionsSeen) {
    const found = await peopleLoader(signedIn(context)).loadMany(options.pmIds);
    return found.flatMap((person) => (person && 'id' in person ? [person] : []));
  }
}
