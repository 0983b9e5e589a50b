import { setImmediate } from 'node:timers/promises';
import { can } from '../../access/policy.ts';
import { loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { projectLoader } from '../../projects/queries.ts';
import { planFactsLoader, rememberedLoader } from '../forecast/queries.ts';
import { slimTasksLoader } from '../queries.ts';
import { schedule } from '../schedule/schedule.ts';
import { type PhaseSpan, spansOf } from './spans.ts';

export type { PhaseSpan } from './spans.ts';

/** A plan takes less than a millisecond; after so much work everybody else gets their turn. */
const breathMs = 20;

/**
 * The days of a project's phases: as they are remembered where its log has not moved since, else planned. Staff only:
 * they hold internal tasks; empty for everybody else.
 */
export function spansLoader(ctx: Ctx) {
  return loaderOf<string, PhaseSpan[]>(ctx, 'plan.spans', async (projectIds) => {
    const [projects, known] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      rememberedLoader(ctx).loadMany(projectIds),
    ]);
    const readable = projects.map((project) =>
      project && 'id' in project && can(ctx.viewer, 'project.readStaffFields', project) ? project : null,
    );
    const kept = known.map((row) => (row && 'spans' in row && row.isCurrent ? row.spans : null));
    const moved = readable.flatMap((project, at) => (project && !kept[at] ? [project.id] : []));
    await Promise.all([planFactsLoader(ctx).loadMany(moved), slimTasksLoader(ctx).loadMany(moved)]);
    const all: PhaseSpan[][] = [];
    let since = performance.now();
    for (const [at, project] of readable.entries()) {
      const remembered = kept[at];
      if (!project || remembered) {
        all.push(project && remembered ? remembered : []);
        continue;
      }
      const [facts, tasks] = await Promise.all([
        planFactsLoader(ctx).load(project.id),
        slimTasksLoader(ctx).load(project.id),
      ]);
      const hasEnded = project.state === 'CLOSED' || project.state === 'CANCELLED';
      all.push(facts ? spansOf(tasks, schedule(facts).tasks, hasEnded) : []);
      if (performance.now() - since < breathMs) continue;
      await setImmediate();
      since = performance.now();
    }
    return all;
  });
}
