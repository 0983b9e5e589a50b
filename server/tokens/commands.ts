import { and, eq, inArray, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, apiTokens, company, people, projects } from '../../drizzle/schema/index.ts';
import { can, factsOfProject } from '../access/policy.ts';
import type { Scope } from '../access/scopes.ts';
import { appRoles, type Role } from '../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { expireJob } from './jobs.ts';
import { livingTokens } from './queries.ts';
import { newSecret, prefixOf, secretHash } from './secret.ts';

/** What happens to tokens is of no project, and only staff read of it. */
const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

const maxNameCharacters = 80;
/** Tokens that one person can have at once. */
export const maxTokens = 50;
const maxRestrictions = 200;

export type TokenCreate = {
  name: string;
  scopes: Scope[];
  accountIds: string[] | null;
  projectIds: string[] | null;
  expiresAt: Date | null;
  /** Null: it acts as its maker. A role: it is an app, which acts under its own name. */
  appRole: Role | null;
  idempotencyKey: string;
};

export type TokenMade = {
  id: string /** Told once; null when the call repeats one that has told it. */;
  secret: string | null;
};

/** Makes a token. What it may is the lesser of its scopes and what its person may at the time of each call. */
export function tokenCreate(ctx: Ctx, { idempotencyKey, ...input }: TokenCreate): Promise<Committed<TokenMade>> {
  return transaction(ctx, async (tx) => {
    if (!can(ctx.viewer, input.appRole === null ? 'token.create' : 'token.createApp', null)) {
      throw new ApiError('FORBIDDEN');
    }
    const name = checkInput(ctx, input);
    await checkRestriction(tx, ctx, input);
    let secret: string | null = null;
    const id = await idempotent(ctx, tx, { act: 'tokenCreate', key: idempotencyKey, body: input }, async () => {
      const tokenId = uuidv7();
      const now = ctx.clock.now();
      const personId = input.appRole === null ? ctx.viewer.personId : await appAdd(tx, ctx, name, input.appRole);
      if ((await livingTokens(tx, personId, now)) >= maxTokens)
        throw new ActError('TOO_MANY', { params: { max: maxTokens } });
      secret = newSecret();
      await tx.insert(apiTokens).values({
        id: tokenId,
        personId,
        createdBy: ctx.viewer.personId,
        name,
        prefix: prefixOf(secret),
        secretHash: secretHash(secret),
        scopes: [...new Set(input.scopes)],
        accountIds: input.accountIds,
        projectIds: input.projectIds,
        createdAt: now,
        expiresAt: input.expiresAt,
        revokedAt: null,
      });
      append(tx, {
        ...ofCompany,
        kind: 'token.created',
        actorId: ctx.viewer.personId,
        subjectId: tokenId,
        facts: { personId, isApp: input.appRole !== null },
      });
      // Its open sockets are asked whether they may stay; requests are refused by the clock alone.
      if (input.expiresAt) await ctx.jobs.due(tx, expireJob, tokenId, input.expiresAt);
      return { subjectId: tokenId };
    });
    return { id, secret };
  });
}

/** Ends a token for good: requests are refused and its sockets closed as soon as it is committed. */
export function tokenRevoke(ctx: Ctx, tokenId: string): Promise<Committed<{ id: string }>> {
  return transaction(ctx, async (tx) => {
    if (!isUuid(tokenId)) throw new ApiError('NOT_FOUND');
    const [token] = await tx
      .select({ personId: apiTokens.personId, revokedAt: apiTokens.revokedAt, isApp: people.isApp })
      .from(apiTokens)
      .innerJoin(people, eq(people.id, apiTokens.personId))
      .where(eq(apiTokens.id, tokenId))
      .for('update', { of: apiTokens });
    if (!token || !can(ctx.viewer, 'token.revoke', { ownerId: token.personId })) throw new ApiError('NOT_FOUND');
    if (token.revokedAt !== null) return { id: tokenId };
    const { personId } = token;
    const now = ctx.clock.now();
    await tx.update(apiTokens).set({ revokedAt: now }).where(eq(apiTokens.id, tokenId));
    append(tx, {
      ...ofCompany,
      kind: 'token.revoked',
      actorId: ctx.viewer.personId,
      subjectId: tokenId,
      facts: { personId },
    });
    if (token.isApp) {
      // What the app did stays under its name.
      await tx
        .update(people)
        .set({ removedAt: now, updatedAt: now })
        .where(and(eq(people.id, personId), isNull(people.removedAt)));
      append(tx, {
        ...ofCompany,
        kind: 'person.removed',
        actorId: ctx.viewer.personId,
        subjectId: personId,
        facts: {},
      });
    }
    tx.afterCommit.push(() => ctx.connections.recheck(personId));
    return { id: tokenId };
  });
}

function checkInput(ctx: Ctx, input: Omit<TokenCreate, 'idempotencyKey'>): string {
  const name = input.name.trim();
  if (name === '') throw new ActError('EMPTY', { field: 'name' });
  if ([...name].length > maxNameCharacters) {
    throw new ActError('TOO_LONG', { field: 'name', params: { max: maxNameCharacters } });
  }
  if (input.scopes.length === 0) throw new ActError('EMPTY', { field: 'scopes' });
  if (input.expiresAt !== null && input.expiresAt <= ctx.clock.now()) {
    throw new ActError('NOT_IN_FUTURE', { field: 'expiresAt' });
  }
  for (const field of ['accountIds', 'projectIds'] as const) {
    const ids = input[field];
    if (ids === null) continue;
    if (ids.length === 0) throw new ActError('EMPTY', { field });
    if (ids.length > maxRestrictions) throw new ActError('TOO_MANY', { field, params: { max: maxRestrictions } });
    if (!ids.every(isUuid)) throw new ApiError('NOT_FOUND');
  }
  if (input.appRole !== null && !(appRoles as readonly Role[]).includes(input.appRole)) {
    throw new ApiError('BAD_USER_INPUT', words.graphql.appRole());
  }
  return name;
}

/** A token is restricted to what its maker may see: an id of anything else answers as one that never was. */
async function checkRestriction(
  tx: Tx,
  ctx: Ctx,
  { accountIds, projectIds }: Pick<TokenCreate, 'accountIds' | 'projectIds'>,
) {
  const known = accountIds === null ? [] : await tx.select().from(accounts).where(inArray(accounts.id, accountIds));
  const mayKnow = (accountId: string) =>
    can(ctx.viewer, 'project.read', { accountId, projectId: '', isDraft: false, isOver: false });
  const theirs = projectIds === null ? [] : await tx.select().from(projects).where(inArray(projects.id, projectIds));
  const readable = theirs.filter((project) => can(ctx.viewer, 'project.read', factsOfProject(project)));
  const isWhole =
    new Set(accountIds).size === known.filter(({ id }) => mayKnow(id)).length &&
    new Set(projectIds).size === readable.length;
  if (!isWhole) throw new ApiError('NOT_FOUND');
}

/** An app is a person without an address: its comments and its lines in the activity name it, and it is in nobody's lists. */
async function appAdd(tx: Tx, ctx: Ctx, name: string, role: Role): Promise<string> {
  const id = uuidv7();
  const now = ctx.clock.now();
  const [own] = await tx.select({ timeZone: company.timeZone }).from(company).limit(1);
  const [maker] = await tx.select({ isSample: people.isSample }).from(people).where(eq(people.id, ctx.viewer.personId));
  await tx.insert(people).values({
    id,
    // Of a domain that can never receive: nobody signs in as an app.
    email: `${id}@app.invalid`,
    name: words.company.app({ name }),
    role,
    accountId: null,
    timeZone: own?.timeZone ?? 'UTC',
    isSample: maker?.isSample ?? false,
    isApp: true,
    createdAt: now,
    updatedAt: now,
    removedAt: null,
  });
  const facts = { role, accountId: null };
  append(tx, { ...ofCompany, kind: 'person.added', actorId: ctx.viewer.personId, subjectId: id, facts });
  return id;
}
