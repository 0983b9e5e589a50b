import { and, desc, gte, inArray, isNotNull, isNull, like, lt, or, type SQL } from 'drizzle-orm';
import { accountForwardings, events, people, projects, revisions } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { StoredEvent } from '../events.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';

/** What a list of events can be narrowed to: the first words of their kinds. */
export const auditNouns = {
  COMPANY: ['company'],
  PEOPLE: ['person', 'partner'],
  TOKENS: ['token'],
  ACCOUNTS: ['account'],
  PROJECTS: ['project', 'phase', 'milestone'],
  TASKS: ['task'],
  DELIVERIES: ['submission', 'approval', 'meeting', 'form'],
  CREDENTIALS: ['credentials'],
  CONVERSATION: ['comment', 'note'],
  TEMPLATES: ['template'],
  JOURNEYS: ['journey'],
  VIEWS: ['view'],
} as const;
export type AuditNoun = keyof typeof auditNouns;

export type AuditFilter = {
  nouns?: AuditNoun[] | null;
  actorId?: string | null;
  projectId?: string | null;
  /** What happened to the account: in its projects, to its people, and to itself, also under an older record. */
  accountId?: string | null;
  /** From this instant on, and before that one. */
  from?: Date | null;
  before?: Date | null;
};

/** What happened in the whole company, newest first. FORBIDDEN without the right to read it. */
export async function auditPage(
  ctx: Ctx,
  filter: AuditFilter,
  first: number,
  after: string | null,
): Promise<Connection<StoredEvent>> {
  if (!can(ctx.viewer, 'audit.read', null)) throw new ApiError('FORBIDDEN');
  const cursor = parseCursor(after, ['number']);
  const rows = await eventsBefore(ctx, filter, cursor?.[0] ?? null, first + 1);
  return pageOf<StoredEvent>(rows, first, (event) => [event.seq], 'forward', cursor !== null);
}

/** The last events that the filter lets through, before this number; the caller has asked policy. */
export function eventsBefore(ctx: Ctx, filter: AuditFilter, seq: number | null, most: number): Promise<StoredEvent[]> {
  return ctx.db
    .select()
    .from(events)
    .where(and(conditionOf(ctx, filter), seq === null ? undefined : lt(events.seq, seq)))
    .orderBy(desc(events.seq))
    .limit(most);
}

/** How many events the filter lets through; the caller has asked policy. */
export function eventCount(ctx: Ctx, filter: AuditFilter): Promise<number> {
  return ctx.db.$count(events, conditionOf(ctx, filter));
}

function conditionOf(ctx: Ctx, { nouns, actorId, projectId, accountId, from, before }: AuditFilter): SQL | undefined {
  const words = nouns?.flatMap((noun) => [...auditNouns[noun]]) ?? [];
  return and(
    words.length > 0 ? or(...words.map((word) => like(events.kind, `${word}.%`))) : undefined,
    // An id that could not exist is that of nobody, and finds nothing.
    actorId ? inArray(events.actorId, uuids([actorId])) : undefined,
    projectId ? inArray(events.projectId, uuids([projectId])) : undefined,
    accountId ? ofAccount(ctx, uuids([accountId])) : undefined,
    from ? gte(events.at, from) : undefined,
    before ? lt(events.at, before) : undefined,
  );
}

/** In the projects of an account, or of none and about it, its people, or what was merged into it. */
function ofAccount({ db }: Pick<Ctx, 'db'>, ids: string[]): SQL | undefined {
  const own = db.select({ id: projects.id }).from(projects).where(inArray(projects.accountId, ids));
  const theirs = db.select({ id: people.id }).from(people).where(inArray(people.accountId, ids));
  const merged = db
    .select({ id: accountForwardings.fromId })
    .from(accountForwardings)
    .where(inArray(accountForwardings.toId, ids));
  const { projectId, subjectId } = events;
  const isAbout = or(inArray(subjectId, ids), inArray(subjectId, theirs), inArray(subjectId, merged));
  return or(inArray(projectId, own), and(isNull(projectId), isAbout));
}

/** What one field of a row was and is, as text; null where it was not there. */
export type FieldEdit = { field: string; before: string | null; after: string | null };

const longestValue = 400;

/** What an event changed, field by field, where its row is kept; for whoever reads the audit list. */
export function editsLoader(ctx: Ctx) {
  return loaderOf<string, FieldEdit[]>(ctx, 'events.edits', async (ids) => {
    if (!can(ctx.viewer, 'audit.read', null)) return ids.map(() => []);
    const rows = await ctx.db
      .select()
      .from(revisions)
      .where(inArray(revisions.eventId, [...ids]));
    return byKey(ids, rows, (row) => row.eventId).map((row) => (row ? editsOf(row.before ?? {}, row.after ?? {}) : []));
  });
}

function editsOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldEdit[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((edit) => edit.before !== edit.after);
}

/** As people read it: a list with commas, a thing as `name: value` of what it has. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = plainText(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const isOfThings = value.some((one) => typeof one === 'object' && one !== null);
    return value.map(plainText).join(isOfThings ? '; ' : ', ');
  }
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, one]) => [name, nestedText(one)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text}`)
    .join(', ');
}

/** In brackets, so that what belongs to the inner thing is told from what comes after it. */
function nestedText(value: unknown): string {
  const text = plainText(value);
  return typeof value === 'object' && text !== '' ? `(${text})` : text;
}

/** Everybody who is named in the list as having done something, for its filter. */
export async function auditActorIds(ctx: Ctx): Promise<string[]> {
  if (!can(ctx.viewer, 'audit.read', null)) return [];
  const rows = await ctx.db.selectDistinct({ id: events.actorId }).from(events).where(isNotNull(events.actorId));
  return rows.flatMap((row) => row.id ?? []);
}
