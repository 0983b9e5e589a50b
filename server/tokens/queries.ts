import { and, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { apiTokens, apiTokenUses, people } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Scope } from '../access/scopes.ts';
import type { Viewer } from '../access/viewer.ts';
import { viewerByPerson, viewerBySession, viewerFromCookie } from '../accounts/queries.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { isWellFormed, secretHash } from './secret.ts';

type Row = typeof apiTokens.$inferSelect;
/** A token as its owner and the admins see it. */
export type TokenSeen = Omit<Row, 'secretHash' | 'scopes'> & {
  scopes: Scope[];
  isApp: boolean;
  lastUsedAt: Date | null;
};

const minuteMs = 60_000;

type Headers = { authorization?: string; cookie?: string };

/** Who a request comes from: a token when it brings one, whatever cookie is beside it; else the session of its cookie. */
export async function viewerOfRequest(services: Services, { authorization, cookie }: Headers): Promise<Viewer | null> {
  if (authorization === undefined) return viewerFromCookie(services, cookie);
  const [, secret] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return secret === undefined ? null : viewerBySecret(services, secret);
}

/** Who a token acts as; null for one that is not ours, expired or revoked, or whose person is gone. */
export async function viewerBySecret(services: Services, secret: string): Promise<Viewer | null> {
  if (!isWellFormed(secret)) return null;
  return viewerByToken(services, eq(apiTokens.secretHash, secretHash(secret)));
}

const ofToken = 'token.';

/** Whose rights a signed link carries: the person's, or no more than those of the token that asked for it. */
export function linkHolder({ personId, token }: Viewer): string {
  return token === null ? personId : ofToken + token.id;
}

/**
 * Who a link was made for, with the rights that they have now; null when they have none left. A person's link opens in
 * a session of that person and for nobody else who comes by it; a token's as long as the token does, since whoever holds
 * that one has no session, and hands the link to a tool.
 */
export async function viewerOfLink(
  services: Services,
  holder: string,
  { cookie }: Pick<Headers, 'cookie'>,
): Promise<Viewer | null> {
  if (!holder.startsWith(ofToken)) {
    const viewer = await viewerFromCookie(services, cookie);
    return viewer?.personId === holder ? viewer : null;
  }
  return viewerByToken(services, eq(apiTokens.id, holder.slice(ofToken.length)));
}

/** Asks again who somebody is, by what they came in with; null when that no longer lets them in. */
export async function viewerAgain(services: Services, { token, sessionId }: Viewer): Promise<Viewer | null> {
  return token === null ? viewerBySession(services, sessionId) : viewerByToken(services, eq(apiTokens.id, token.id));
}

async function viewerByToken(services: Services, isWanted: SQL): Promise<Viewer | null> {
  const now = services.clock.now();
  const [found] = await services.db
    .select({ token: apiTokens, lastUsedAt: apiTokenUses.lastUsedAt })
    .from(apiTokens)
    .leftJoin(apiTokenUses, eq(apiTokenUses.tokenId, apiTokens.id))
    .where(and(isWanted, isLiving(now)));
  const viewer = found && (await viewerByPerson(services, found.token.personId));
  if (!viewer) return null;
  const { id, scopes, accountIds, projectIds } = found.token;
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() > minuteMs) await used(services, id, now);
  return { ...viewer, sessionId: id, token: { id, scopes: scopes as Scope[], accountIds, projectIds } };
}

/** Remembers the use of a token, at most once a minute however often it is used. */
async function used(services: Services, tokenId: string, now: Date): Promise<void> {
  await services.db
    .insert(apiTokenUses)
    .values({ tokenId, lastUsedAt: now })
    .onConflictDoUpdate({
      target: apiTokenUses.tokenId,
      set: { lastUsedAt: now },
      setWhere: lt(apiTokenUses.lastUsedAt, new Date(now.getTime() - minuteMs)),
    });
}

function isLiving(now: Date): SQL | undefined {
  return and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)));
}

function selectTokens({ db }: Pick<Services, 'db'>) {
  return db
    .select({ token: apiTokens, isApp: people.isApp, lastUsedAt: apiTokenUses.lastUsedAt })
    .from(apiTokens)
    .innerJoin(people, eq(people.id, apiTokens.personId))
    .leftJoin(apiTokenUses, eq(apiTokenUses.tokenId, apiTokens.id));
}

function seen(row: { token: Row; isApp: boolean; lastUsedAt: Date | null }): TokenSeen {
  const { secretHash: _, scopes, ...token } = row.token;
  return { ...token, scopes: scopes as Scope[], isApp: row.isApp, lastUsedAt: row.lastUsedAt };
}

/** Tokens by id; null for one that the viewer could not revoke: whoever may end a token is who may know of it. */
export function tokenLoader(ctx: Ctx) {
  return loaderOf<string, TokenSeen | null>(ctx, 'tokens.byId', async (ids) => {
    const rows = await selectTokens(ctx).where(inArray(apiTokens.id, uuids(ids)));
    const readable = rows.map(seen).filter(({ personId }) => can(ctx.viewer, 'token.revoke', { ownerId: personId }));
    return byKey(ids, readable, (token) => token.id);
  });
}

/** The tokens that the viewer may revoke and that are not revoked yet, newest first; expired ones among them. */
export async function tokensPage(ctx: Ctx, first: number, after: string | null): Promise<Connection<TokenSeen>> {
  const cursor = parseCursor(after, ['string']);
  const mayAll = can(ctx.viewer, 'token.revoke', { ownerId: 'somebody else' });
  const rows = await selectTokens(ctx)
    .where(
      and(
        isNull(apiTokens.revokedAt),
        mayAll ? undefined : eq(apiTokens.personId, ctx.viewer.personId),
        cursor ? sql`${apiTokens.id}::text < ${cursor[0]}` : undefined,
      ),
    )
    .orderBy(desc(apiTokens.id))
    .limit(first + 1);
  return pageOf(rows.map(seen), first, (token) => [token.id], 'forward', cursor !== null);
}

/** How many tokens a person has that still open something. */
export async function livingTokens(tx: Pick<Services['db'], '$count'>, personId: string, now: Date): Promise<number> {
  return tx.$count(apiTokens, and(eq(apiTokens.personId, personId), isLiving(now)));
}
