import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { people, signInLinks } from '../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Services } from '../platform/services.ts';
import { normalEmail } from './commands.ts';
import { addressProven } from './passwords.ts';
import { companyOf, viewerByPerson } from './queries.ts';
import { localPath } from './returnTo.ts';
import { type SigningBrowser, startSession } from './sessions.ts';
import { newCode, newToken, sameHash, tokenHash } from './tokens.ts';

/*
 * A sign-in link, and the six digits that stand beside it in the mail, are open until one of these comes first:
 *   used     its token or its code was posted by the browser that asked for it
 *   expired  15 minutes passed
 *   dead     5 wrong tokens or codes were posted for it
 */
export const linkMinutes = 15;
/** Afterwards a link that ended still says how; then it is forgotten. */
const rememberedMs = 24 * 60 * 60_000;
export const forgetLinkJob = 'signIn.forgetLink';
export const maxWrongTries = 5;

export type LinkProblem = 'LINK_DEAD' | 'LINK_EXPIRED' | 'LINK_INVALID' | 'LINK_OTHER_BROWSER' | 'LINK_USED';

export type LinkAsk = {
  email: string;
  returnTo: string | null;
  /** The random mark in the cookie of the browser that asks. */
  browserToken: string;
  /** Whether the mail has six digits too: not when an address asked so often that somebody may be guessing. */
  hasCode?: boolean;
};

/** Mails a link. For an address that nobody has, the same row and the same job are made, and no mail: both take as long. */
export async function linkAsk(
  services: Services,
  { email, returnTo, browserToken, hasCode = true }: LinkAsk,
): Promise<void> {
  await transaction(services, async (tx) => {
    const now = services.clock.now();
    const [person] = await tx
      .select({ id: people.id, email: people.email, name: people.name })
      .from(people)
      .where(and(eq(people.email, normalEmail(email)), isNull(people.removedAt), eq(people.isApp, false)));
    const { name: company } = await companyOf({ db: tx });
    const id = uuidv7();
    const token = newToken();
    const code = hasCode ? newCode() : null;
    await tx.insert(signInLinks).values({
      id,
      personId: person?.id ?? null,
      tokenHash: tokenHash(token),
      browserHash: tokenHash(browserToken),
      codeHash: code === null ? null : codeHash(services, id, code),
      returnTo: localPath(returnTo) ?? '',
      wrongTries: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkMinutes * 60_000),
      usedAt: null,
    });
    await services.jobs.due(tx, forgetLinkJob, id, new Date(now.getTime() + rememberedMs));
    await mailSend(tx, services, {
      to: person ? { email: person.email, name: person.name } : null,
      template: code === null ? 'signInLink' : 'signInLinkAndCode',
      params: {
        company,
        code: code === null ? '' : spaced(code),
        name: person?.name ?? '',
        minutes: String(linkMinutes),
        link: `${publicOrigin(services)}/sign-in/link?id=${id}&token=${token}`,
      },
    });
  });
}

/** Six digits are too few for a bare hash: a copy of the database would tell them. The key is not in the database. */
function codeHash(services: Services, linkId: string, code: string): string {
  return services.secrets.sign('signIn.code', `${linkId}:${code}`);
}

/** As people read digits out: in two threes. */
function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

export type LinkUse = SigningBrowser & { id: string; token: string; browserToken: string | null };
export type LinkUsed = { token: string; personId: string; returnTo: string | null } | { problem: LinkProblem };

/** Trades a link for a session. Problems are answered, not thrown: the count of wrong tries must be kept. */
export async function linkUse(services: Services, use: LinkUse): Promise<LinkUsed> {
  const { value } = await transaction(services, (tx) => linkUseIn(tx, services, use));
  return value;
}

async function linkUseIn(tx: Tx, services: Services, use: LinkUse): Promise<LinkUsed> {
  const now = services.clock.now();
  // Locked, so that tries that come at once are counted one after the other.
  const [link] = await tx.select().from(signInLinks).where(eq(signInLinks.id, use.id)).for('update');
  if (!link) return { problem: 'LINK_INVALID' };
  if (link.wrongTries >= maxWrongTries) return { problem: 'LINK_DEAD' };
  if (!sameHash(link.tokenHash, tokenHash(use.token))) {
    await tx
      .update(signInLinks)
      .set({ wrongTries: sql`${signInLinks.wrongTries} + 1` })
      .where(eq(signInLinks.id, link.id));
    return { problem: link.wrongTries + 1 >= maxWrongTries ? 'LINK_DEAD' : 'LINK_INVALID' };
  }
  if (link.usedAt !== null) return { problem: 'LINK_USED' };
  if (link.expiresAt <= now) return { problem: 'LINK_EXPIRED' };
  const isSameBrowser = use.browserToken !== null && sameHash(link.browserHash, tokenHash(use.browserToken));
  if (!isSameBrowser) return { problem: 'LINK_OTHER_BROWSER' };
  return signInBy(tx, services, link, use);
}

export type CodeUse = SigningBrowser & { code: string; browserToken: string | null };
export type CodeProblem = 'CODE_DEAD' | 'CODE_EXPIRED' | 'CODE_USED' | 'CODE_WRONG';
export type CodeUsed = { token: string; personId: string; returnTo: string | null } | { problem: CodeProblem };

/** Trades the code of the link that this browser asked for last. The same counts and ends as for the link itself. */
export async function codeUse(services: Services, use: CodeUse): Promise<CodeUsed> {
  const { value } = await transaction(services, async (tx): Promise<CodeUsed> => {
    if (use.browserToken === null) return { problem: 'CODE_WRONG' };
    const [link] = await tx
      .select()
      .from(signInLinks)
      .where(eq(signInLinks.browserHash, tokenHash(use.browserToken)))
      .orderBy(desc(signInLinks.createdAt), desc(signInLinks.id))
      .limit(1)
      .for('update');
    if (!link?.codeHash) return { problem: 'CODE_WRONG' };
    if (link.wrongTries >= maxWrongTries) return { problem: 'CODE_DEAD' };
    if (!sameHash(link.codeHash, codeHash(services, link.id, use.code))) {
      await tx
        .update(signInLinks)
        .set({ wrongTries: sql`${signInLinks.wrongTries} + 1` })
        .where(eq(signInLinks.id, link.id));
      return { problem: link.wrongTries + 1 >= maxWrongTries ? 'CODE_DEAD' : 'CODE_WRONG' };
    }
    if (link.usedAt !== null) return { problem: 'CODE_USED' };
    if (link.expiresAt <= services.clock.now()) return { problem: 'CODE_EXPIRED' };
    const used = await signInBy(tx, services, link, use);
    return 'problem' in used ? { problem: used.problem === 'LINK_USED' ? 'CODE_USED' : 'CODE_WRONG' } : used;
  });
  return value;
}

/** Consumes a checked link: its person has shown that the address is theirs, and gets a session. */
async function signInBy(
  tx: Tx,
  services: Services,
  link: typeof signInLinks.$inferSelect,
  browser: SigningBrowser,
): Promise<LinkUsed> {
  const now = services.clock.now();
  const person = link.personId === null ? null : await viewerByPerson({ db: tx }, link.personId);
  if (!person) return { problem: 'LINK_INVALID' };
  const taken = await tx
    .update(signInLinks)
    .set({ usedAt: now })
    .where(and(eq(signInLinks.id, link.id), isNull(signInLinks.usedAt)))
    .returning({ id: signInLinks.id });
  if (taken.length === 0) return { problem: 'LINK_USED' };
  await addressProven(tx, services, person.personId);
  const token = await startSession(tx, services, person.personId, browser);
  return { token, personId: person.personId, returnTo: localPath(link.returnTo) };
}

/** Deletes a link that ended long ago. */
export async function linkForget(services: Services, linkId: string): Promise<void> {
  await transaction(services, async (tx) => {
    await tx.delete(signInLinks).where(eq(signInLinks.id, linkId));
  });
}
