import { uuidv7 } from 'uuidv7';
import type { tasks } from '../../drizzle/schema/index.ts';
import { milestoneRate, milestoneSignOff } from '../milestones/commands.ts';
import { milestonesOf } from '../milestones/queries.ts';
import type { Ctx } from '../platform/services.ts';
import type { MilestoneAct } from './story.ts';

/** Signs off, or rates, the milestone of the phase that a task stands in. */
export async function performOnMilestone(
  ctx: Ctx,
  { phaseId, projectId }: typeof tasks.$inferSelect,
  act: MilestoneAct,
): Promise<void> {
  if (act.do === 'rate') return void (await milestoneRate(ctx, phaseId, { score: act.score, words: act.words }));
  const milestones = await milestonesOf(ctx.db, [projectId]);
  const digest = milestones.find(({ phase }) => phase.id === phaseId)?.digest ?? '';
  await milestoneSignOff(ctx, phaseId, { idempotencyKey: uuidv7(), digest, note: act.note });
}
