import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { questionsAvoidedLoader } from './known/queries.ts';

@Resolver(() => Project)
export class QuestionsAvoidedResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Questions that were confirmed from what was known instead of asked; null for clients.',
  })
  async questionsAvoided(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<number | null> {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'project.readStaffFields', project)) return null;
    return questionsAvoidedLoader(ctx).load(project.id);
  }
}
