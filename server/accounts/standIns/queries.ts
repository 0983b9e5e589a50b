import { and, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { delegations, people } from '../../../drizzle/schema/index.ts';
import type { StandIn } from '../../access/viewer.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** In force at a moment: begun, not ended, and not run out, even while nobody has written the end down yet. */
export function isInForce(now: Date): SQL | undefined {
  const { startsAt, endsAt, endedAt } = delegations;
  return and(isNull(endedAt), lte(startsAt, now), or(isNull(endsAt), gt(endsAt, now)));
}

/** In whose place a person approves at a moment, as one column of a row of `people`: with the rights of those others today. */
export function standsInAt(now: Date): SQL<StandIn[]> {
  const at = now.toISOString();
  const found = sql`(
    select coalesce(json_agg(json_build_object('personId', away.id, 'role', away.role, 'accountId', away.account_id,
      'taskId', given.task_id) order by given.id), '[]')::text
    from delegations given join people away on away.id = given.from_id and away.removed_at is null
    where given.to_id = people.id and given.ended_at is null and given.starts_at <= ${at}::timestamptz
      and (given.ends_at is null or given.ends_at > ${at}::timestamptz)
  )`;
  return found.mapWith((text: string) => JSON.parse(text) as StandIn[]) as SQL<StandIn[]>;
}

/** By person: in whose place they approve now. */
export function standsInLoader(ctx: Ctx) {
  return loaderOf<string, StandIn[]>(ctx, 'standIns.to', async (personIds) => {
    const rows = await ctx.db
      .select({
        toId: delegations.toId,
        personId: people.id,
        role: people.role,
        accountId: people.accountId,
        taskId: delegations.taskId,
      })
      .from(delegations)
      .innerJoin(people, and(eq(people.id, delegations.fromId), isNull(people.removedAt)))
      .where(and(inArray(delegations.toId, [...personIds]), isInForce(ctx.clock.now())))
      .orderBy(delegations.id);
    return groupByKey(personIds, rows, ({ toId }) => toId).map((of) => of.map(({ toId: _, ...one }) => one));
  });
}

/** By person: what of theirs others approve now; a task, or (`taskId` null) all of it. */
export function awayLoader(ctx: Ctx) {
  return loaderOf<string, { taskId: string | null }[]>(ctx, 'standIns.from', async (personIds) => {
    const { fromId, taskId } = delegations;
    const rows = await ctx.db
      .select({ fromId, taskId })
      .from(delegations)
      .where(and(inArray(fromId, [...personIds]), isInForce(ctx.clock.now())));
    return groupByKey(personIds, rows, (row) => row.fromId);
  });
}
