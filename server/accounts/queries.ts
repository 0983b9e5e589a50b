import type DataLoader from 'dataloader';
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { accounts, company, people, projectPartners, projects, sessions } from '../../drizzle/schema/index.ts';
import { can, canMeet, canName, isStaff, type PersonFacts, worksOnTasks } from '../access/policy.ts';
import { holdsScope } from '../access/scopes.ts';
import { type Role, staffRoles, type Viewer, viewerFrom } from '../access/viewer.ts';
import { plainCalendar, type WorkingCalendar } from '../calendar.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import { readCookie } from '../platform/http/cookies.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { type Accent, accentOf } from './accent.ts';
import { standsInAt } from './standIns/queries.ts';
import { tokenHash } from './tokens.ts';

export type { AccountRow } from './accountRows.ts';
export {
  type AccountDays,
  accountDaysOf,
  calendarOfAccount,
  calendarsLoader,
} from './calendars/queries.ts';
export { accountLoader, accountsPage } from './listing/queries.ts';

/** A person as others may see them: no address. */
export type PersonSeen = {
  id: string;
  name: string;
  role: Role;
  isStaff: boolean;
  /** The projects that a partner is attached to; empty for everybody else. */
  projectIds: readonly string[];
  /** The accounts that these are of. */
  projectAccountIds: readonly string[];
  /** The projects and accounts that a partner works or worked for. */
  workedOn: readonly string[];
  workedFor: readonly string[];
  accountId: string | null;
  accountName: string | null;
  timeZone: string;
};

const minuteMs = 60_000;
/** How long a session lives without being used. */
export const sessionMs = 30 * 24 * 60 * minuteMs;

/** Who a request comes from, by its session cookie; null when nobody is signed in. */
export async function viewerFromCookie(services: Services, cookieHeader: string | undefined): Promise<Viewer | null> {
  const token = readCookie(services, cookieHeader, 'slipway_session');
  return token === null ? null : viewerOf(services, eq(sessions.tokenHash, tokenHash(token)));
}

/** Asks again whether a session still stands, and with which rights. */
export async function viewerBySession(services: Services, sessionId: string): Promise<Viewer | null> {
  return viewerOf(services, eq(sessions.id, sessionId));
}

async function viewerOf(services: Services, isWanted: SQL): Promise<Viewer | null> {
  const now = services.clock.now();
  const [found] = await services.db
    .select({
      personId: people.id,
      sessionId: sessions.id,
      role: people.role,
      accountId: people.accountId,
      attachedTo,
      attachedAccounts,
      standsIn: standsInAt(now),
      lastSeenAt: sessions.lastSeenAt,
      viewAsPersonId: sessions.viewAsPersonId,
      viewAsUntil: sessions.viewAsUntil,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(isWanted, isNull(sessions.endedAt), gt(sessions.expiresAt, now), isNull(people.removedAt)));
  if (!found) return null;
  const { lastSeenAt, viewAsPersonId, viewAsUntil, ...person } = found;
  const viewer = viewerFrom(person);
  const minuteAgo = new Date(now.getTime() - minuteMs);
  if (lastSeenAt < minuteAgo) {
    await services.db
      .update(sessions)
      .set({ lastSeenAt: now, expiresAt: new Date(now.getTime() + sessionMs) })
      .where(and(eq(sessions.id, viewer.sessionId), isNull(sessions.endedAt), lt(sessions.lastSeenAt, minuteAgo)));
  }
  const isViewing = viewAsPersonId !== null && viewAsUntil !== null && viewAsUntil > now;
  // Never the staff person's own rights while the view stands: whoever is gone is looked through by nobody.
  return isViewing ? viewerAs(services, viewer, viewAsPersonId) : viewer;
}

/** What a staff person meets who looks through a client's eyes: the client's rights, and none to change anything. */
async function viewerAs(services: Services, staff: Viewer, personId: string): Promise<Viewer | null> {
  const seen = await viewerByPerson(services, personId);
  if (!seen || !can(staff, 'person.viewAs', { ...seen, projectIds: seen.projectIds ?? [] })) return null;
  return { ...seen, sessionId: staff.sessionId, viewedBy: staff.personId };
}

/** The projects that a person is attached to as a partner, as one column of a row of `people`. */
const attachedTo = sql<string[]>`array(
  select ${projectPartners.projectId} from ${projectPartners}
  where ${projectPartners.personId} = ${people.id} and ${projectPartners.detachedAt} is null
)`;

/**
 * And the accounts that these are of, once they are shown. In plain names: of a statement on `people` alone drizzle
 * leaves the tables out, and `id` would be the project's.
 */
const attachedAccounts = sql<string[]>`array(
  select distinct shown.account_id from project_partners attached join projects shown on shown.id = attached.project_id
  where attached.person_id = people.id and attached.detached_at is null and shown.activated_at is not null
)`;

/** The projects that a partner works or worked on: who was detached stays named in what they wrote there. */
const workedOn = sql<string[]>`array(
  select attached.project_id from project_partners attached where attached.person_id = people.id
)`;

const workedFor = sql<string[]>`array(
  select distinct shown.account_id from project_partners attached join projects shown on shown.id = attached.project_id
  where attached.person_id = people.id and shown.activated_at is not null
)`;

/** The rights of a person without a session, for signed links; without a clock, their own rights alone. */
export async function viewerByPerson(
  services: Pick<Services, 'db'> & Partial<Pick<Services, 'clock'>>,
  personId: string,
): Promise<Viewer | null> {
  const { id, role, accountId } = people;
  const standsIn = standsInAt(services.clock?.now() ?? new Date(0));
  const [found] = await services.db
    .select({ personId: id, role, accountId, attachedTo, attachedAccounts, standsIn })
    .from(people)
    .where(and(eq(people.id, personId), isNull(people.removedAt)));
  return found ? viewerFrom({ ...found, sessionId: '' }) : null;
}

/** The name of somebody who is here. */
export async function personName(services: Pick<Services, 'db'>, personId: string): Promise<string | null> {
  const [found] = await services.db.select({ name: people.name }).from(people).where(eq(people.id, personId));
  return found?.name ?? null;
}

/** The company as whoever reaches the sign-in page may know it. */
export type CompanySeen = { name: string; logoUrl: string | null; accent: Accent | null };

/** The company that runs this installation. */
export async function companyOf(services: Pick<Services, 'db'>): Promise<CompanySeen> {
  const { name, logoHash, accentColor } = company;
  const [found] = await services.db.select({ name, logoHash, accentColor }).from(company).limit(1);
  return {
    name: found?.name ?? words.company.unnamed(),
    logoUrl: found?.logoHash ? `/company/logo?v=${found.logoHash}` : null,
    accent: found?.accentColor ? accentOf(found.accentColor) : null,
  };
}

/** Whom mails come from, and where answers go. */
export async function companySender(
  services: Pick<Services, 'db'>,
): Promise<{ name: string | null; replyTo: string | null }> {
  const { name, senderName, replyTo } = company;
  const [found] = await services.db.select({ name, senderName, replyTo }).from(company).limit(1);
  return { name: found?.senderName ?? found?.name ?? null, replyTo: found?.replyTo ?? null };
}

/** The company's working calendar: its days and hours in its own zone, and its days off. */
export async function companyCalendar(services: Pick<Services, 'db'>): Promise<WorkingCalendar> {
  const { timeZone, workingDays, opensAt, closesAt, holidays } = company;
  const [found] = await services.db
    .select({ timeZone, workingDays, opensAt, closesAt, holidays })
    .from(company)
    .limit(1);
  return found ?? plainCalendar;
}

/** Within how many hours of work each side answers. */
export async function answerHoursOf(services: Pick<Services, 'db'>): Promise<{ client: number; company: number }> {
  const { clientAnswerHours, companyAnswerHours } = company;
  const [found] = await services.db
    .select({ client: clientAnswerHours, company: companyAnswerHours })
    .from(company)
    .limit(1);
  return found ?? { client: 16, company: 16 };
}

const personColumns = {
  id: people.id,
  name: people.name,
  role: people.role,
  accountId: people.accountId,
  accountName: accounts.name,
  timeZone: people.timeZone,
  projectIds: attachedTo,
  projectAccountIds: attachedAccounts,
  workedOn,
  workedFor,
};

async function selectPeople(services: Pick<Services, 'db'>, isWanted: SQL | undefined): Promise<PersonSeen[]> {
  const rows = await services.db
    .select(personColumns)
    .from(people)
    .leftJoin(accounts, eq(accounts.id, people.accountId))
    .where(isWanted)
    .orderBy(asc(people.name), asc(people.id));
  return rows.map((row) => ({ ...row, isStaff: isStaff(row) }));
}

/** For clients the people of other accounts do not exist. Oneself is always there, whatever a token may read. */
function maySee(viewer: Viewer, person: PersonFacts & { id: string }): boolean {
  return can(viewer, 'person.read', person) || person.id === viewer.personId;
}

/** `person.read` of the policy as a condition on `people`, so that pages and cursors are over whom the viewer may see. */
export function knownPeople({ viewer }: Pick<Ctx, 'viewer'>): SQL | undefined {
  const { accountId, projectIds, projectAccountIds, personId, token } = viewer;
  const isOfToken = token && !holdsScope(token.scopes, 'people:read') ? sql`false` : ofAccountsOf(token);
  if (isStaff(viewer)) return isOfToken;
  const accountIds = [...projectAccountIds, ...(accountId === null ? [] : [accountId])];
  const isShared = or(
    accountId === null ? undefined : sql`${projects.accountId} = ${accountId} and ${projects.activatedAt} is not null`,
    projectIds === null ? undefined : inArray(projectPartners.projectId, [...projectIds]),
  );
  const isMet = sql`exists (select 1 from ${projectPartners} join ${projects} on ${projects.id} = ${projectPartners.projectId}
    where ${projectPartners.personId} = ${people.id} and ${projectPartners.detachedAt} is null and (${isShared}))`;
  const isColleague = or(
    eq(people.id, personId),
    inArray(people.role, [...staffRoles]),
    inArray(people.accountId, accountIds),
    isMet,
  );
  return and(isColleague, isOfToken);
}

function ofAccountsOf(token: Viewer['token']): SQL | undefined {
  if (token === null || (token.accountIds === null && token.projectIds === null)) return undefined;
  return inArray(people.accountId, [...(token.accountIds ?? [])]);
}

/**
 * People by id, removed ones too, since what they did stays. Null: missing, or not this viewer's to know. For people met
 * on what the viewer may read; an id that came from outside is asked of `can(person.read)` as well.
 */
export function peopleLoader(ctx: Ctx): DataLoader<string, PersonSeen | null> {
  return loaderOf(ctx, 'people', async (ids: readonly string[]) => {
    const rows = await selectPeople(ctx, inArray(people.id, uuids(ids)));
    const named = rows.flatMap((row) => seenBy(ctx.viewer, row) ?? []);
    return byKey(ids, named, (row) => row.id);
  });
}

/** Somebody as this viewer meets them: as they are, as no more than a name, or not at all. */
function seenBy(viewer: Viewer, person: PersonSeen): PersonSeen | null {
  // Who is looking is asked last: what does not depend on it is made once for everybody who follows a log.
  if (canMeet(viewer, person) || person.id === viewer.personId) return person;
  return canName(viewer, person) ? { ...person, projectIds: [], projectAccountIds: [], timeZone: 'UTC' } : null;
}

/** The people of accounts, by name; none for a client of another account. */
export function peopleOfAccountLoader(ctx: Ctx): DataLoader<string, PersonSeen[]> {
  return loaderOf(ctx, 'peopleOfAccount', async (accountIds: readonly string[]) => {
    const rows = await selectPeople(ctx, present(inArray(people.accountId, uuids(accountIds))));
    const visible = rows.filter((row) => maySee(ctx.viewer, row));
    return groupByKey(accountIds, visible, (row) => row.accountId ?? '');
  });
}

/** The people of the company, by name; read once for a request, however many things they are offered for. */
export function staffPeople(ctx: Ctx): Promise<PersonSeen[]> {
  const load = async (keys: readonly 'company'[]) => {
    const rows = await selectPeople(ctx, present(inArray(people.role, staffRoles)));
    const visible = rows.filter((row) => maySee(ctx.viewer, row));
    return keys.map(() => visible);
  };
  return loaderOf<'company', PersonSeen[]>(ctx, 'people.ofCompany', load).load('company');
}

function present(isWanted: SQL): SQL | undefined {
  // An app is no colleague: it is met in what it did, and in no list.
  return and(isWanted, isNull(people.removedAt), eq(people.isApp, false));
}

/** The partners of all projects, by name; a client has none to see here. */
export async function partnerPeople(ctx: Ctx): Promise<PersonSeen[]> {
  const isOfNoAccount = isNull(people.accountId);
  const rows = await selectPeople(ctx, and(present(isOfNoAccount), notInArray(people.role, [...staffRoles])));
  return rows.filter((row) => maySee(ctx.viewer, row));
}

/** The partners attached to each project, by name. */
export function partnersOfProjectLoader(ctx: Ctx): DataLoader<string, PersonSeen[]> {
  return loaderOf(ctx, 'partnersOfProject', async (projectIds: readonly string[]) => {
    const wanted = uuids(projectIds);
    const isAttached = sql`exists (select 1 from ${projectPartners} where ${projectPartners.personId} = ${people.id}
      and ${projectPartners.detachedAt} is null and ${inArray(projectPartners.projectId, wanted)})`;
    const rows = wanted.length === 0 ? [] : await selectPeople(ctx, present(isAttached));
    return projectIds.map((id) => rows.filter((row) => row.projectIds.includes(id)));
  });
}

/** How to reach somebody, and when they were last here. */
export type PersonContact = { id: string; email: string; lastSeenAt: Date | null };

/** For staff, for oneself, and for whoever may take somebody's access away; null for everybody else. */
export function personContactLoader(ctx: Ctx): DataLoader<string, PersonContact | null> {
  return loaderOf(ctx, 'personContact', async (ids: readonly string[]) => {
    const seen = await peopleLoader(ctx).loadMany(ids);
    const open = seen.filter((person) => person !== null && !(person instanceof Error) && mayReach(ctx.viewer, person));
    const wanted = uuids(open.map((person) => (person as PersonSeen).id));
    const lastSeenAt = sql<string | null>`max(${sessions.lastSeenAt})`;
    const rows =
      wanted.length === 0
        ? []
        : await ctx.db
            .select({ id: people.id, email: people.email, lastSeenAt })
            .from(people)
            .leftJoin(sessions, eq(sessions.personId, people.id))
            .where(inArray(people.id, wanted))
            .groupBy(people.id);
    const contacts = rows.map((row) => ({
      ...row,
      lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt),
    }));
    return byKey(ids, contacts, (row) => row.id);
  });
}

function mayReach(viewer: Viewer, person: PersonSeen): boolean {
  if (!maySee(viewer, person)) return false;
  return isStaff(viewer) || person.id === viewer.personId || can(viewer, 'person.remove', person);
}

/** Where a person lands after sign-in: staff on the overview, or on their own day, a client on their newest project. */
export async function landingOf(services: Pick<Services, 'db'>, viewer: Viewer): Promise<string> {
  if (isStaff(viewer)) return worksOnTasks(viewer) ? '/my-day' : '/overview';
  const isOwn = or(
    viewer.accountId === null ? undefined : eq(projects.accountId, viewer.accountId),
    viewer.projectIds === null ? undefined : inArray(projects.id, [...viewer.projectIds]),
  );
  const [newest] = await services.db
    .select({ id: projects.id })
    .from(projects)
    .where(and(isOwn, isNotNull(projects.activatedAt)))
    .orderBy(desc(projects.signedOn), desc(projects.id))
    .limit(1);
  return newest ? `/projects/${newest.id}` : '/projects';
}

export type SamplePerson = Pick<PersonSeen, 'id' | 'name' | 'role' | 'accountName' | 'isStaff'>;

/** The people to sign in as by one click; null as soon as one person is real. Whether to offer it is the caller's to check. */
export async function samplePeople(services: Pick<Services, 'db'>): Promise<SamplePerson[] | null> {
  const [real] = await services.db.select({ id: people.id }).from(people).where(eq(people.isSample, false)).limit(1);
  if (real) return null;
  const { id, name, role, accountName } = personColumns;
  const rows = await services.db
    .select({ id, name, role, accountName })
    .from(people)
    .leftJoin(accounts, eq(accounts.id, people.accountId))
    .where(and(isNull(people.removedAt), eq(people.isApp, false)))
    .orderBy(sql`${accounts.name} nulls first`, asc(people.name));
  return rows.map((row) => ({ ...row, isStaff: isStaff(row) }));
}
