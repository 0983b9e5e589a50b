import { and, eq, isNull, ne } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { people, sessions } from '../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { sessionMs } from './queries.ts';
import { newToken, tokenHash } from './tokens.ts';

/** The browser that signs in. */
export type SigningBrowser = {
  userAgent: string;
  /** The session cookie that it sent, whoever put it there: it dies at sign-in, so that a planted one is worth nothing. */
  oldToken: string | null;
};

/** Starts a session under a fresh token, which only the browser will know. */
export async function startSession(
  tx: Tx,
  services: Services,
  personId: string,
  { userAgent, oldToken }: SigningBrowser,
): Promise<string> {
  const now = services.clock.now();
  if (oldToken !== null) {
    const [old] = await tx
      .update(sessions)
      .set({ endedAt: now })
      .where(and(eq(sessions.tokenHash, tokenHash(oldToken)), isNull(sessions.endedAt)))
      .returning({ personId: sessions.personId });
    if (old) tx.afterCommit.push(() => services.connections.recheck(old.personId));
  }
  const token = newToken();
  await tx.insert(sessions).values({
    id: uuidv7(),
    personId,
    tokenHash: tokenHash(token),
    userAgent: userAgent.slice(0, 400),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + sessionMs),
    endedAt: null,
  });
  return token;
}

/** Ends every session of a person, or all but one; their sockets close once it is committed. */
export async function endSessions(
  tx: Tx,
  services: Services,
  personId: string,
  { except = null }: { except?: string | null } = {},
): Promise<void> {
  const isMeant = except === null ? undefined : ne(sessions.id, except);
  await tx
    .update(sessions)
    .set({ endedAt: services.clock.now() })
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt), isMeant));
  tx.afterCommit.push(() => services.connections.recheck(personId));
}

/** Signs a person out everywhere: whoever else had got hold of a session of theirs is out as well. */
export async function signOut(services: Services, personId: string): Promise<void> {
  await transaction(services, (tx) => endSessions(tx, services, personId));
}

/** Ends one session of a person; false when it is not theirs, or over. */
export async function sessionEnd(services: Services, personId: string, sessionId: string): Promise<boolean> {
  const { value } = await transaction(services, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: services.clock.now() })
      .where(and(eq(sessions.id, sessionId), eq(sessions.personId, personId), isNull(sessions.endedAt)))
      .returning({ id: sessions.id });
    tx.afterCommit.push(() => services.connections.recheck(personId));
    return ended.length > 0;
  });
  return value;
}

/** Ends all sessions of a person but the one that asks. */
export async function sessionsEndOthers(services: Services, personId: string, sessionId: string): Promise<void> {
  await transaction(services, (tx) => endSessions(tx, services, personId, { except: sessionId }));
}

/** Signs a sample person in; null when there is no such one. Whether it is offered is the caller's to check. */
export async function sampleSignIn(
  services: Services,
  personId: string,
  browser: SigningBrowser,
): Promise<{ token: string; personId: string } | null> {
  const { value } = await transaction(services, async (tx) => {
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, personId), eq(people.isSample, true), isNull(people.removedAt)));
    return person ? { token: await startSession(tx, services, person.id, browser), personId: person.id } : null;
  });
  return value;
}
