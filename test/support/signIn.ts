import { eq, or, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { people, sessions } from '../../drizzle/schema/index.ts';
import { sessionMs } from '../../server/accounts/queries.ts';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import type { Services } from '../../server/platform/services.ts';
import { Session } from './session.ts';

/** A session of this person (e-mail address or id) without the walk through the mail, which has tests of its own. */
export async function directSession(app: { url: string; services: Services }, person: string): Promise<Session> {
  const { db, clock } = app.services;
  const [found] = await db
    .select({ id: people.id })
    .from(people)
    .where(or(eq(people.email, person), eq(sql`${people.id}::text`, person)));
  if (!found) throw new Error(`Nobody here is ${person}.`);
  const token = newToken();
  const now = clock.now();
  await db.insert(sessions).values({
    id: uuidv7(),
    personId: found.id,
    tokenHash: tokenHash(token),
    userAgent: 'test',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + sessionMs),
  });
  return new Session(app.url, `slipway_session=${token}`, found.id);
}
