import express, { type Request, type Router } from 'express';
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { companyOf, peopleLoader, personContactLoader } from '../../accounts/queries.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { viewerOfLink } from '../../tokens/queries.ts';
import { words } from '../../words/en.ts';
import { isCalendarLinkValid, type MeetingRow, meetingLoader } from './queries.ts';

/**
 * A meeting for a calendar: `GET /meetings/<id>.ics?person=&expires=&signature=`. As with files, the signature covers
 * all of it and the person's right is asked again; anything wrong looks like a meeting that never was.
 */
export function calendarRoutes(services: Services): Router {
  const router = express.Router();
  router.get('/meetings/:name', async (req, res) => {
    const entry = await entryBehind(services, req);
    if (!entry) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set({
      'Content-Type': `text/calendar; charset=utf-8; method=${entry.method}`,
      'Content-Disposition': 'attachment; filename="meeting.ics"',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    });
    res.send(entry.text);
  });
  router.use(httpErrors(services));
  return router;
}

async function entryBehind(services: Services, req: Request): Promise<{ text: string; method: string } | null> {
  const { person, expires, signature, ...rest } = req.query;
  const meetingId = /^([0-9a-f-]{36})\.ics$/.exec(String(req.params.name))?.[1];
  if (meetingId === undefined || Object.keys(rest).length > 0) return null;
  if (typeof person !== 'string' || typeof expires !== 'string' || typeof signature !== 'string') return null;
  if (!isCalendarLinkValid(services, { meetingId, personId: person, expires }, signature)) return null;
  const viewer = await viewerOfLink(services, person, req.headers);
  if (!viewer) return null;
  const ctx: Ctx = { ...services, viewer, loaders: new Map() };
  const meeting = await meetingLoader(ctx).load(meetingId);
  const task = meeting && (await taskLoader(ctx).load(meeting.taskId));
  if (!task || meeting.startsAt === null || meeting.state === 'PROPOSED') return null;
  return calendarEntry(ctx, meeting, task, meeting.startsAt);
}

/** The same UID all its life; a higher SEQUENCE tells a calendar that what it holds has changed. */
async function calendarEntry(ctx: Ctx, meeting: MeetingRow, task: TaskSeen, start: Date) {
  const { personId } = ctx.viewer;
  const company = await companyOf(ctx);
  const [me, contact] = await Promise.all([peopleLoader(ctx).load(personId), personContactLoader(ctx).load(personId)]);
  const isCancelled = meeting.state === 'CANCELLED';
  const method = isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = new ICalCalendar({ method, prodId: { company: 'Slipway', product: 'Slipway' } });
  calendar.createEvent({
    id: `meeting-${meeting.id}@slipway`,
    sequence: meeting.sequence,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    start,
    end: new Date(start.getTime() + meeting.minutes * 60_000),
    stamp: ctx.clock.now(),
    summary: task.title,
    description: `${ctx.publicOrigin()}/tasks/${task.id}`,
    url: `${ctx.publicOrigin()}/tasks/${task.id}`,
    // The sender of Slipway's mails, never a person's own address: the file goes wherever its owner sends it.
    organizer: { name: company.name, email: addressOf(ctx.config.mailFrom) },
    attendees: me && contact ? [{ name: me.name, email: contact.email, rsvp: false }] : [],
  });
  return { text: calendar.toString(), method };
}

/** `Slipway <slipway@example.com>` -> `slipway@example.com`. */
function addressOf(sender: string): string {
  return /<([^>]+)>/.exec(sender)?.[1] ?? sender;
}
