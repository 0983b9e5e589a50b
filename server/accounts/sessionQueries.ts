import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { passwords, sessions } from '../../drizzle/schema/index.ts';
import type { Ctx } from '../platform/services.ts';
import { freshMinutes } from './passwords.ts';

/** A place where somebody is signed in, as they themselves see it. */
export type SessionSeen = { id: string; userAgent: string; createdAt: Date; lastSeenAt: Date; isCurrent: boolean };

/** Whether the viewer acts for themselves by a session: what is one's own is neither a token's nor another's to see. */
export function isOneself({ viewer }: Ctx): boolean {
  return viewer.viewedBy === null && viewer.token === null;
}

/** Where the viewer is signed in, this place first, then by last use. Empty for tokens and through other eyes. */
export async function ownSessions(ctx: Ctx): Promise<SessionSeen[]> {
  if (!isOneself(ctx)) return [];
  const { personId, sessionId } = ctx.viewer;
  const { id, userAgent, createdAt, lastSeenAt } = sessions;
  const rows = await ctx.db
    .select({ id, userAgent, createdAt, lastSeenAt })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt), gt(sessions.expiresAt, ctx.clock.now())))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
  const seen = rows.map((row) => ({ ...row, isCurrent: row.id === sessionId }));
  return [...seen.filter((row) => row.isCurrent), ...seen.filter((row) => !row.isCurrent)];
}

export type OwnSignIn = { passwordSetAt: Date | null; isFresh: boolean };

/** How the viewer signs in; null for tokens and through other eyes. */
export async function ownSignIn(ctx: Ctx): Promise<OwnSignIn | null> {
  if (!isOneself(ctx)) return null;
  const [row] = await ctx.db
    .select({ setAt: passwords.setAt, startedAt: sessions.createdAt })
    .from(sessions)
    .leftJoin(passwords, eq(passwords.personId, sessions.personId))
    .where(eq(sessions.id, ctx.viewer.sessionId));
  const ageMs = ctx.clock.now().getTime() - (row?.startedAt.getTime() ?? 0);
  return { passwordSetAt: row?.setAt ?? null, isFresh: ageMs < freshMinutes * 60_000 };
}
