import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import {
  accountExternalIds,
  accounts,
  company,
  invitations,
  people,
  projects,
  templates,
  templateVersions,
} from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import type { Role } from '../../access/viewer.ts';
import type { AccountRow } from '../../accounts/queries.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Ctx } from '../../platform/services.ts';
import type { ProjectRow } from '../../projects/commands.ts';
import type { Playbook } from '../document.ts';
import { publishedPlaybooks, type TemplateRow } from '../queries.ts';
import { informationItems } from './items.ts';

type Reader = Pick<Tx, 'select' | 'selectDistinctOn'>;

/** What a list names, so that all of it is looked up at once. */
export type Named = {
  accounts: readonly string[];
  hosts: readonly string[];
  externalIds: readonly string[];
  emails: readonly string[];
};

export type ListPerson = { id: string; name: string; email: string; role: Role; accountId: string | null };
export type ListGround = {
  accounts: readonly AccountRow[];
  externalIds: readonly { system: string; externalId: string; accountId: string }[];
  /** Of the accounts that were found, those that are not over. */
  projects: readonly Pick<ProjectRow, 'id' | 'accountId' | 'platform' | 'products' | 'name'>[];
  people: readonly ListPerson[];
  /** Addresses with an open invitation, and the account that it is to. */
  invited: readonly { email: string; accountId: string | null }[];
  pms: readonly ListPerson[];
  templates: readonly TemplateRow[];
  timeZone: string;
};

/** The name of a shop's host, without the www. that some write and some do not. */
export function hostOf(website: string): string {
  return (URL.parse(website)?.hostname ?? '').replace(/^www\./, '');
}

const hostInSql = sql<string>`regexp_replace(${accounts.website}, '^[a-z]+://(www\\.)?([^/:?#]+).*$', '\\2')`;

/** Every published template with what it asks for. */
export async function publishedGround(db: Reader): Promise<{ templates: TemplateRow[]; playbooks: Playbook[] }> {
  const rows = await db
    .select({ templates })
    .from(templates)
    .innerJoin(templateVersions, eq(templateVersions.templateId, templates.id))
    .where(and(isNull(templates.retiredAt), eq(templateVersions.state, 'PUBLISHED')))
    .orderBy(templates.name, templates.id);
  const found = rows.map((row) => row.templates);
  const playbooks = await publishedPlaybooks(
    db,
    found.map(({ key }) => key),
  );
  return { templates: found, playbooks };
}

export const itemsOf = (playbooks: readonly Playbook[]) => informationItems(playbooks);

/** What is here already of all that a list names, in as many statements for a thousand rows as for one. */
export async function groundOf(
  db: Reader,
  { clock }: Pick<Ctx, 'clock'>,
  named: Named,
  offered: readonly TemplateRow[],
): Promise<ListGround> {
  const externalIds = await db
    .select({
      system: accountExternalIds.system,
      externalId: accountExternalIds.externalId,
      accountId: accountExternalIds.accountId,
    })
    .from(accountExternalIds)
    .where(inArray(accountExternalIds.externalId, [...named.externalIds]));
  const byId = externalIds.map(({ accountId }) => accountId);
  const found = await db
    .select()
    .from(accounts)
    .where(
      or(
        inArray(accounts.id, byId),
        inArray(sql`lower(${accounts.name})`, [...named.accounts]),
        inArray(hostInSql, [...named.hosts]),
      ),
    )
    .orderBy(accounts.id);
  const ids = found.map(({ id }) => id);
  const open = await db
    .select({
      id: projects.id,
      accountId: projects.accountId,
      platform: projects.platform,
      products: projects.products,
      name: projects.name,
    })
    .from(projects)
    .where(and(inArray(projects.accountId, ids), inArray(projects.state, ['DRAFT', 'ACTIVE', 'ON_HOLD', 'LIVE'])))
    .orderBy(projects.createdAt);
  const who = { id: people.id, name: people.name, email: people.email, role: people.role, accountId: people.accountId };
  const here = await db
    .select({ ...who, isApp: people.isApp })
    .from(people)
    .where(and(isNull(people.removedAt), or(isNull(people.accountId), inArray(people.email, [...named.emails]))))
    .orderBy(people.name);
  const invited = await db
    .select({ email: invitations.email, accountId: invitations.accountId })
    .from(invitations)
    .where(
      and(
        inArray(invitations.email, [...named.emails]),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clock.now()),
      ),
    );
  const [ours] = await db.select({ timeZone: company.timeZone }).from(company).limit(1);
  return {
    accounts: found,
    externalIds,
    projects: open,
    people: here,
    invited,
    pms: here.filter((person) => isStaff(person) && !person.isApp),
    templates: offered,
    timeZone: ours?.timeZone ?? 'UTC',
  };
}
