import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { company, people } from '../../drizzle/schema/index.ts';
import { founderRole } from '../access/viewer.ts';
import { transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import type { Services } from '../platform/services.ts';
import { normalEmail } from './commands.ts';
import { type SigningBrowser, startSession } from './sessions.ts';

/*
 * The set-up link of a fresh installation is open until the first person exists, and never again. Its token is made
 * from the installation's key, so that every node and every start knows the same one and none is stored.
 */
const purpose = 'setUp.firstAdmin';
const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

/** The address to set this installation up at; null as soon as somebody exists. */
export async function setUpLink(services: Services): Promise<string | null> {
  if (!(await isFresh(services))) return null;
  return `${publicOrigin(services)}/set-up?token=${services.secrets.sign(purpose, '')}`;
}

/** Compared in constant time. */
export function isSetUpToken(services: Services, token: string): boolean {
  return services.secrets.verify(purpose, '', token);
}

export async function isFresh({ db }: Pick<Services, 'db'>): Promise<boolean> {
  const [somebody] = await db.select({ id: people.id }).from(people).limit(1);
  return somebody === undefined;
}

export type SetUpInput = { company: string; currency: string; name: string; email: string; timeZone: string };

/** Makes the company and its first admin, and signs them in; null when somebody exists already. */
export async function setUp(
  services: Services,
  input: SetUpInput,
  browser: SigningBrowser,
): Promise<{ token: string; personId: string } | null> {
  const { value } = await transaction(services, async (tx) => {
    // Two who hold the link make one company: the second waits here, and then finds the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${purpose}, 0))`);
    if (!(await isFresh({ db: tx }))) return null;
    const at = services.clock.now();
    const { timeZone, currency, name } = input;
    const personId = uuidv7();
    const [known] = await tx.select({ id: company.id }).from(company);
    const companyId = known?.id ?? uuidv7();
    const named = { name: input.company, timeZone, currency };
    if (known) await tx.update(company).set(named);
    else await tx.insert(company).values({ id: companyId, ...named });
    await tx.insert(people).values({
      id: personId,
      email: normalEmail(input.email),
      name,
      role: founderRole,
      accountId: null,
      timeZone,
      isSample: false,
      // Whoever reads the terminal owns the machine: there is nobody whose address could have been taken.
      provenAt: at,
      createdAt: at,
      updatedAt: at,
      removedAt: null,
    });
    const actorId = personId;
    append(tx, { ...ofCompany, kind: 'company.created', actorId, subjectId: companyId, facts: {} });
    const facts = { role: founderRole, accountId: null };
    append(tx, { ...ofCompany, kind: 'person.added', actorId, subjectId: personId, facts });
    return { token: await startSession(tx, services, personId, browser), personId };
  });
  return value;
}
