import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { PhaseRow } from '../../projects/queries.ts';
import { Phase } from '../../projects/types.ts';
import { seesTasks } from '../standings/queries.ts';
import { spansLoader } from './queries.ts';
import { PhaseDays } from './types.ts';

@Resolver(() => Phase)
export class PhaseDaysResolver {
  @FieldResolver(() => PhaseDays, {
    nullable: true,
    description: 'From when to when the plan has it; null for clients, and when nothing of it is planned.',
  })
  async days(@Ctx() context: GraphqlContext, @Root() phase: PhaseRow): Promise<PhaseDays | null> {
    const ctx = signedIn(context);
    // They follow from tasks, as a standing does.
    if (!seesTasks(ctx.viewer)) return null;
    const spans = await spansLoader(ctx).load(phase.projectId);
    return spans.find(({ phaseId }) => phaseId === phase.id) ?? null;
  }
}
