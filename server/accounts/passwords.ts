import { hash, verify } from '@node-rs/argon2';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { passwords, people, sessions } from '../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Services } from '../platform/services.ts';
import { normalEmail } from './commands.ts';
import { companyOf } from './queries.ts';
import { endSessions, type SigningBrowser, startSession } from './sessions.ts';

export const passwordCharacters = { min: 10 } as const;
export const passwordBytes = { max: 256 } as const;
/** A sign-in this young stands in for the old password. */
export const freshMinutes = 15;

/** OWASP's lowest figures for argon2id; about 20 ms on the machines of today. The package's own default is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of a password that nobody has: compared with where there is none, so that both take as long. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$c2xpcHdheS1ub2JvZHktMQ$dGhpcyBpcyBub2JvZHkncyBwYXNzd29yZCBoYXNoISE';

export type PasswordProblem = 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG';

/** What is wrong with a password that somebody wants; null when nothing is. Nothing is ever cut off. */
export function passwordProblem(password: string): PasswordProblem | null {
  if (Buffer.byteLength(password) > passwordBytes.max) return 'PASSWORD_TOO_LONG';
  return [...password].length < passwordCharacters.min ? 'PASSWORD_TOO_SHORT' : null;
}

/** The same letters, however a keyboard composes them. As bytes: a NUL among them is a byte as any other. */
function asBytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'), 'utf8');
}

async function matches(stored: string | null, password: string): Promise<boolean> {
  if (Buffer.byteLength(password) > passwordBytes.max) return false;
  const isRight = await verify(stored ?? nobodysHash, asBytes(password));
  return stored !== null && isRight;
}

/** Trades an address and its password for a session; null when they do not belong together, whatever the reason. */
export async function passwordSignIn(
  services: Services,
  { email, password, ...browser }: SigningBrowser & { email: string; password: string },
): Promise<{ token: string; personId: string } | null> {
  const [found] = await services.db
    .select({ personId: people.id, hash: passwords.hash })
    .from(people)
    .leftJoin(passwords, eq(passwords.personId, people.id))
    .where(and(eq(people.email, normalEmail(email)), isNull(people.removedAt)));
  if (!(await matches(found?.hash ?? null, password)) || !found) return null;
  const { value } = await transaction(services, async (tx) => {
    // Read again: the password may have been changed, or its person removed, while it was being compared.
    const [still] = await tx
      .select({ hash: passwords.hash })
      .from(people)
      .innerJoin(passwords, eq(passwords.personId, people.id))
      .where(and(eq(people.id, found.personId), isNull(people.removedAt)));
    if (still?.hash !== found.hash) return null;
    return { token: await startSession(tx, services, found.personId, browser), personId: found.personId };
  });
  return value;
}

export type PasswordChange = {
  personId: string;
  sessionId: string;
  /** The old one, where the sign-in is not fresh. */
  current: string | null;
  /** Null takes the password away. */
  next: string | null;
};
export type PasswordChanged =
  | { ok: true }
  | { problem: PasswordProblem | 'SIGN_IN_NOT_FRESH' | 'PASSWORD_WRONG' | 'SESSION_OVER' };

/** Sets, changes or removes a password, and ends every other session of its person. */
export async function passwordChange(services: Services, change: PasswordChange): Promise<PasswordChanged> {
  const { personId, sessionId, current, next } = change;
  const problem = next === null ? null : passwordProblem(next);
  if (problem) return { problem };
  const [known] = await services.db
    .select({ hash: passwords.hash, startedAt: sessions.createdAt })
    .from(sessions)
    .leftJoin(passwords, eq(passwords.personId, sessions.personId))
    .where(and(eq(sessions.id, sessionId), eq(sessions.personId, personId)));
  const isFresh =
    known !== undefined && services.clock.now().getTime() - known.startedAt.getTime() < freshMinutes * 60_000;
  if (current !== null) {
    if (!(await matches(known?.hash ?? null, current))) return { problem: 'PASSWORD_WRONG' };
  } else if (!isFresh) return { problem: 'SIGN_IN_NOT_FRESH' };
  const made = next === null ? null : await hash(asBytes(next), cost);
  const { value } = await transaction(services, async (tx): Promise<PasswordChanged> => {
    // Read again: the session may have been ended, or the old password changed, while the hash was made. Locked by a
    // statement of its own: one that waited for the lock would still see the password as it was before it waited.
    await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, sessionId)).for('update');
    const [still] = await tx
      .select({ hash: passwords.hash, email: people.email, name: people.name })
      .from(sessions)
      .innerJoin(people, eq(people.id, sessions.personId))
      .leftJoin(passwords, eq(passwords.personId, people.id))
      .where(and(isLiving(services), eq(sessions.id, sessionId), eq(people.id, personId), isNull(people.removedAt)));
    if (!still) return { problem: 'SESSION_OVER' };
    if (current !== null && still.hash !== known?.hash) return { problem: 'PASSWORD_WRONG' };
    await passwordSet(tx, services, personId, made);
    await endSessions(tx, services, personId, { except: sessionId });
    const kind = made === null ? 'person.passwordRemoved' : 'person.passwordSet';
    append(tx, { kind, audience: 'INTERNAL', projectId: null, actorId: personId, subjectId: personId, facts: {} });
    const { name: company } = await companyOf({ db: tx });
    // To whoever reads the mailbox, so that a change by somebody at their open screen does not go unnoticed.
    await mailSend(tx, services, {
      to: { email: still.email, name: still.name },
      template: made === null ? 'passwordRemoved' : 'passwordSet',
      params: { company, name: still.name, link: `${publicOrigin(services)}/settings/profile` },
    });
    return { ok: true };
  });
  return value;
}

const isLiving = ({ clock }: Services) => and(isNull(sessions.endedAt), gt(sessions.expiresAt, clock.now()));

async function passwordSet(tx: Tx, services: Services, personId: string, made: string | null): Promise<void> {
  if (made === null) {
    await tx.delete(passwords).where(eq(passwords.personId, personId));
    return;
  }
  const setAt = services.clock.now();
  await tx
    .insert(passwords)
    .values({ personId, hash: made, setAt })
    .onConflictDoUpdate({ target: passwords.personId, set: { hash: made, setAt } });
}

/**
 * Remembers that somebody showed their address to be theirs. The first time, whatever was there before is void: it may
 * be of somebody else who wrote this address down.
 */
export async function addressProven(tx: Tx, services: Services, personId: string): Promise<void> {
  const provenAt = services.clock.now();
  const first = await tx
    .update(people)
    .set({ provenAt })
    .where(and(eq(people.id, personId), isNull(people.provenAt)))
    .returning({ id: people.id });
  if (first.length === 0) return;
  await passwordSet(tx, services, personId, null);
  await endSessions(tx, services, personId);
  const kind = 'person.proven';
  append(tx, { kind, audience: 'INTERNAL', projectId: null, actorId: personId, subjectId: personId, facts: {} });
}
