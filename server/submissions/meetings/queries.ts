import { eq, inArray } from 'drizzle-orm';
import { accounts, meetings, people, projects } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import type { Viewer } from '../../access/viewer.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { linkHolder } from '../../tokens/queries.ts';

export type MeetingRow = typeof meetings.$inferSelect;

/** Meetings by id; null for one that is missing or not to be known, which look alike. */
export function meetingLoader(ctx: Ctx) {
  return loaderOf<string, MeetingRow | null>(ctx, 'meetings.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(meetings)
      .where(inArray(meetings.id, uuids(ids)));
    const tasks = await taskLoader(ctx).loadMany(rows.map((row) => row.taskId));
    const readable = rows.filter((_, i) => tasks[i] !== null && !(tasks[i] instanceof Error));
    return byKey(ids, readable, (row) => row.id);
  });
}

/** By input, of a task that the viewer sees; null while nobody has proposed a time. */
export function meetingOfInputLoader(ctx: Ctx) {
  return loaderOf<string, MeetingRow | null>(ctx, 'meetings.ofInput', async (inputIds) => {
    const rows = await ctx.db
      .select()
      .from(meetings)
      .where(inArray(meetings.inputId, [...inputIds]));
    return byKey(inputIds, rows, (row) => row.inputId);
  });
}

/** The side of the table that a person sits on. */
export function sideOf(viewer: Viewer): 'COMPANY' | 'CLIENT' {
  return isStaff(viewer) ? 'COMPANY' : 'CLIENT';
}

/** By project: the zones in which the two sides live, the company's being that of its PM. */
export function zonesLoader(ctx: Ctx) {
  return loaderOf<string, { client: string; company: string } | null>(ctx, 'meetings.zones', async (projectIds) => {
    const rows = await ctx.db
      .select({ id: projects.id, client: accounts.timeZone, company: people.timeZone })
      .from(projects)
      .innerJoin(accounts, eq(accounts.id, projects.accountId))
      .innerJoin(people, eq(people.id, projects.pmId))
      .where(inArray(projects.id, [...projectIds]));
    return byKey(projectIds, rows, (row) => row.id);
  });
}

const linkLifeMs = 5 * 60_000;
type LinkParts = { meetingId: string; personId: string; expires: string };

function signedText({ meetingId, personId, expires }: LinkParts): string {
  return `${meetingId}\n${personId}\n${expires}`;
}

/** Where the viewer, and nobody else's rights, can get the calendar entry for five minutes; null while none was agreed. */
export function calendarUrl(ctx: Ctx, meeting: MeetingRow): string | null {
  if (meeting.startsAt === null || meeting.state === 'PROPOSED') return null;
  const expires = String(ctx.clock.now().getTime() + linkLifeMs);
  const parts = { meetingId: meeting.id, personId: linkHolder(ctx.viewer), expires };
  const signature = ctx.secrets.sign('calendar', signedText(parts));
  return `/meetings/${meeting.id}.ics?${new URLSearchParams({ person: parts.personId, expires, signature })}`;
}

/** Whether a link is ours, whole and alive. */
export function isCalendarLinkValid(services: Services, parts: LinkParts, signature: string): boolean {
  const isAlive = /^\d{1,15}$/.test(parts.expires) && Number(parts.expires) > services.clock.now().getTime();
  return services.secrets.verify('calendar', signedText(parts), signature) && isAlive;
}
