import { type Act, type Acts, can } from '../access/policy.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';

/** Refuses what the viewer may not do; where nothing but the end of the project stands against it, by that name. */
export function checkMay<A extends Act>(ctx: Pick<Ctx, 'viewer'>, act: A, facts: Acts[A]): void {
  if (can(ctx.viewer, act, facts)) return;
  const isOver = facts !== null && 'isOver' in facts && facts.isOver;
  if (isOver && can(ctx.viewer, act, { ...facts, isOver: false })) throw new ActError('PROJECT_OVER');
  throw new ApiError('FORBIDDEN');
}
