import { and, eq, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accountFacts, accounts, company, people } from '../../drizzle/schema/index.ts';
import { isPartner, isStaff } from '../access/policy.ts';
import type { Role } from '../access/viewer.ts';
import { type Committed, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';
import { endSessions } from './sessions.ts';

/** What happens to the company, its accounts and people is not of any project, and only staff read of it. */
const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

export type CompanyInput = { name: string; timeZone: string; currency: string };

export async function companyCreate(
  services: Services,
  actorId: string | null,
  input: CompanyInput,
): Promise<Committed<{ id: string }>> {
  return transaction(services, async (tx) => {
    const id = uuidv7();
    await tx.insert(company).values({ id, ...input });
    append(tx, { ...ofCompany, kind: 'company.created', actorId, subjectId: id, facts: {} });
    return { id };
  });
}

export type AccountInput = {
  name: string;
  website: string;
  timeZone: string;
  /** What is known of the account, and from where. */
  facts?: { key: string; value: string; source: string }[];
};

export async function accountCreate(
  services: Services,
  actorId: string | null,
  { facts = [], ...input }: AccountInput,
): Promise<Committed<{ id: string }>> {
  return transaction(services, async (tx) => {
    const at = services.clock.now();
    const id = uuidv7();
    await tx.insert(accounts).values({ id, revision: 1, ...input, createdAt: at, updatedAt: at });
    if (facts.length > 0) await tx.insert(accountFacts).values(facts.map((fact) => ({ accountId: id, ...fact, at })));
    append(tx, { ...ofCompany, kind: 'account.created', actorId, subjectId: id, facts: {} });
    return { id };
  });
}

export type PersonInput = {
  email: string;
  name: string;
  role: Role;
  /** Null for staff and partners, and only for them. */
  accountId: string | null;
  timeZone: string;
  /** Sample people may sign in by one click on the machine itself. */
  isSample: boolean;
};

export async function personAdd(
  services: Services,
  actorId: string | null,
  input: PersonInput,
): Promise<Committed<{ id: string }>> {
  const isWithoutAccount = isStaff(input) || isPartner(input);
  if (isWithoutAccount !== (input.accountId === null)) throw new Error('Staff have no account, clients have one.');
  return transaction(services, async (tx) => {
    const at = services.clock.now();
    const id = uuidv7();
    await tx
      .insert(people)
      .values({ id, ...input, email: normalEmail(input.email), createdAt: at, updatedAt: at, removedAt: null });
    const { role, accountId } = input;
    append(tx, { ...ofCompany, kind: 'person.added', actorId, subjectId: id, facts: { role, accountId } });
    return { id };
  });
}

/** Takes a person's access away: their sessions and sockets end; what they did stays under their name. */
export async function personRemove(services: Services, actorId: string | null, personId: string): Promise<void> {
  await transaction(services, async (tx) => {
    const at = services.clock.now();
    const removed = await tx
      .update(people)
      .set({ removedAt: at, updatedAt: at })
      .where(and(eq(people.id, personId), isNull(people.removedAt)))
      .returning({ id: people.id });
    if (removed.length === 0) return;
    await endSessions(tx, services, personId);
    append(tx, { ...ofCompany, kind: 'person.removed', actorId, subjectId: personId, facts: {} });
  });
}

/** Addresses are compared in lower case: no mail system in use tells people apart by case. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
