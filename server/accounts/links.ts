import { and, eq, isNull, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { people, signInLinks } from '../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Services } from '../platform/services.ts';
import { normalEmail } from './commands.ts';
import { companyOf, viewerByPerson } from './queries.ts';
import { localPath } from './returnTo.ts';
import { type SigningBrowser, startSession } from './sessions.ts';
import { newToken, sameHash, tokenHash } from './tokens.ts';

/*
 * A sign-in link is open until one of these comes first:
 *   used     its token was posted by the browser that asked for it
 *   expired  15 minutes passed
 *   dead     5 wrong tokens were posted for it
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
};

/** Mails a link. For an address that nobody has, the same row and the same job are made, and no mail: both take as long. */
export async function linkAsk(services: Services, { email, returnTo, browserToken }: LinkAsk): Promise<void> {
  await transaction(services, async (tx) => {
    const now = services.clock.now();
    const [person] = await tx
      .select({ id: people.id, email: people.email, name: people.name })
      .from(people)
      .where(and(eq(people.email, normalEmail(email)), isNull(people.removedAt)));
    const { name: company } = await companyOf({ db: tx });
    const id = uuidv7();
    const token = newToken();
    await tx.insert(signInLinks).values({
      id,
      personId: person?.id ?? null,
      tokenHash: tokenHash(token),
      browserHash: tokenHash(browserToken),
      returnTo: localPath(returnTo) ?? '',
      wrongTries: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkMinutes * 60_000),
      usedAt: null,
    });
    await services.jobs.due(tx, forgetLinkJob, id, new Date(now.getTime() + rememberedMs));
    await mailSend(tx, services, {
      to: person ? { email: person.email, name: person.name } : null,
      template: 'signInLink',
      params: {
        company,
        name: person?.name ?? '',
        minutes: String(linkMinutes),
        link: `${publicOrigin(services)}/sign-in/link?id=${id}&token=${token}`,
      },
    });
  });
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
  const person = link.personId === null ? null : await viewerByPerson({ db: tx }, link.personId);
  if (!person) return { problem: 'LINK_INVALID' };
  const taken = await tx
    .update(signInLinks)
    .set({ usedAt: now })
    .where(and(eq(signInLinks.id, link.id), isNull(signInLinks.usedAt)))
    .returning({ id: signInLinks.id });
  if (taken.length === 0) return { problem: 'LINK_USED' };
  const token = await startSession(tx, services, person.personId, use);
  return { token, personId: person.personId, returnTo: localPath(link.returnTo) };
}

/** Deletes a link that ended long ago. */
export async function linkForget(services: Services, linkId: string): Promise<void> {
  await transaction(services, async (tx) => {
    await tx.delete(signInLinks).where(eq(signInLinks.id, linkId));
  });
}
