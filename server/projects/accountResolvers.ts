import { Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { AccountStaff } from '../accounts/kept/types.ts';
import { AccountMergePreview } from '../accounts/merging/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { type ProjectSeen, projectLoader, projectsOfAccountLoader } from './queries.ts';
import { Project } from './types.ts';

/** An account's projects grow with years, not with use. */
const few = { listSize: 20 };

@Resolver(() => AccountStaff)
export class AccountProjectsResolver {
  @Extensions(few)
  @FieldResolver(() => [Project], { description: 'All its projects, the one signed last first.' })
  projects(@Ctx() context: GraphqlContext, @Root() { account }: AccountStaff): Promise<ProjectSeen[]> {
    return projectsOfAccountLoader(signedIn(context)).load(account.id);
  }

  @FieldResolver(() => Int, { description: 'How many of its projects are under way, on hold among them.' })
  async runningProjectCount(@Ctx() context: GraphqlContext, @Root() { account }: AccountStaff): Promise<number> {
    const all = await projectsOfAccountLoader(signedIn(context)).load(account.id);
    return all.filter(({ state }) => state === 'ACTIVE' || state === 'ON_HOLD').length;
  }
}

@Resolver(() => AccountMergePreview)
export class MergePreviewProjectsResolver {
  @Extensions(few)
  @FieldResolver(() => [Project], { description: 'The projects of the account that ends: they go along.' })
  projects(@Ctx() context: GraphqlContext, @Root() { content }: AccountMergePreview): Promise<ProjectSeen[]> {
    return loaded(context, content.projects);
  }

  @Extensions(few)
  @FieldResolver(() => [Project], { description: 'The projects of the account that stays.' })
  intoProjects(@Ctx() context: GraphqlContext, @Root() { content }: AccountMergePreview): Promise<ProjectSeen[]> {
    return loaded(context, content.intoProjects);
  }
}

async function loaded(context: GraphqlContext, ids: readonly string[]): Promise<ProjectSeen[]> {
  const found = await projectLoader(signedIn(context)).loadMany([...ids]);
  return found.flatMap((project) => (project && !(project instanceof Error) ? [project] : []));
}
