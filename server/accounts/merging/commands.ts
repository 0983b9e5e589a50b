import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  accountCalendars,
  accountExternalIds,
  accountFacts,
  accountForwardings,
  accounts,
  apiTokens,
  invitations,
  people,
  projectPartners,
  projects,
} from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import type { Viewer } from '../../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { type AccountRow, accountTouch } from '../accountRows.ts';
import { type AccountDays, accountDaysOf } from '../calendars/queries.ts';
import { mostIds } from '../externalIds/commands.ts';
import { rightsLock } from '../memberLock.ts';
import { digestOf, type MergeContent } from './content.ts';
import { mergeContent } from './queries.ts';

export type FactChoice = { key: string; keep: 'INTO' | 'FROM' };
export type AccountMerge = {
  /** The account that ends. */
  fromId: string;
  /** Of the preview that the person saw. */
  digest: string;
  /** For each fact that the two say differently, whose word stands. */
  facts: readonly FactChoice[];
  idempotencyKey: string;
};

/**
 * Everything of one account becomes another's, in one transaction, and the first ends: two records of one client. From
 * then on the people of both see the projects of both; there is no way back. The logs of projects stay whole under their
 * own numbers, with one more event each.
 */
export function accountMerge(ctx: Ctx, intoId: string, input: AccountMerge): Promise<Committed<{ id: string }>> {
  const { idempotencyKey: key, ...body } = input;
  return transaction(ctx, async (tx) => {
    // What somebody may do moves with it, so it waits for its turn among the acts on rights.
    const viewer = await rightsLock(tx, ctx);
    const act = { act: 'account.merge', key, body: { intoId, ...body } };
    const id = await idempotent(ctx, tx, act, () => merge(tx, ctx, viewer, intoId, input));
    return { id };
  });
}

async function merge(tx: Tx, ctx: Ctx, viewer: Viewer, intoId: string, input: AccountMerge) {
  const { into, from } = await bothLocked(tx, viewer, intoId, input.fromId);
  // Whoever works in one of its projects is done, or comes after.
  await tx
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.accountId, from.id))
    .orderBy(projects.id)
    .for('update');
  const content = await mergeContent(tx, into, from);
  if (digestOf(content) !== input.digest) throw new ActError('CONFLICT', { field: 'digest' });
  const known = await factsMove(tx, content, choicesOf(content, input.facts));

  const at = ctx.clock.now();
  const moved = { accountId: into.id, updatedAt: at };
  await tx
    .update(projects)
    .set({ ...moved, revision: sql`${projects.revision} + 1` })
    .where(eq(projects.accountId, from.id));
  await tx.update(people).set(moved).where(eq(people.accountId, from.id));
  await tx.update(invitations).set({ accountId: into.id }).where(eq(invitations.accountId, from.id));
  await externalIdsMove(tx, into.id, from.id);
  await tokensMove(tx, content);
  await tx.update(accountForwardings).set({ toId: into.id }).where(eq(accountForwardings.toId, from.id));
  const { name, website } = from;
  await tx.insert(accountForwardings).values({ fromId: from.id, toId: into.id, name, website, mergedAt: at });
  await daysMove(tx, viewer, content);
  await tx.delete(accounts).where(eq(accounts.id, from.id));
  await accountTouch(tx, ctx, into);
  tell(tx, viewer, content, known);
  await recheckAll(tx, ctx, content);
  return { subjectId: into.id };
}

/** Both rows, locked in the order of their ids, so that two who merge them each way do not wait for each other. */
async function bothLocked(tx: Tx, viewer: Viewer, intoId: string, fromId: string) {
  const ids = [intoId, fromId];
  const isThere = ids.every((accountId) => isUuid(accountId) && can(viewer, 'account.read', { accountId }));
  if (!isThere) throw new ApiError('NOT_FOUND');
  if (!ids.every((accountId) => can(viewer, 'account.merge', { accountId }))) throw new ApiError('FORBIDDEN');
  if (intoId === fromId) throw new ActError('SAME_ACCOUNT', { field: 'fromId' });
  const rows = await tx.select().from(accounts).where(inArray(accounts.id, ids)).orderBy(accounts.id).for('update');
  const [into, from] = ids.map((id): AccountRow | undefined => rows.find((row) => row.id === id));
  if (!into || !from) throw new ApiError('NOT_FOUND');
  return { into, from };
}

/** The keys whose word is that of the account that ends. Each conflict is decided, and nothing else. */
function choicesOf({ conflicts }: MergeContent, choices: readonly FactChoice[]): Set<string> {
  const open = conflicts.filter(({ key }) => choices.filter((choice) => choice.key === key).length !== 1);
  if (open.length > 0 || choices.length !== conflicts.length) {
    const keys = open.map(({ key }) => key).join(', ');
    throw new ActError('FACTS_UNDECIDED', { field: 'facts', params: { keys } });
  }
  return new Set(choices.flatMap(({ key, keep }) => (keep === 'FROM' ? [key] : [])));
}

type KnownBy = { key: string; before: string | null; after: string };

/** Moves what is known, with its source and day; answers what the account that stays says anew. */
async function factsMove(
  tx: Tx,
  { into, from, moving, conflicts }: MergeContent,
  taken: Set<string>,
): Promise<KnownBy[]> {
  const over = conflicts.filter(({ key }) => taken.has(key));
  const keysOver = over.map(({ key }) => key);
  const keys = [...moving.map(({ key }) => key), ...keysOver];
  if (keysOver.length > 0) {
    await tx.delete(accountFacts).where(and(eq(accountFacts.accountId, into.id), inArray(accountFacts.key, keysOver)));
  }
  if (keys.length > 0) {
    const isMoving = and(eq(accountFacts.accountId, from.id), inArray(accountFacts.key, keys));
    await tx.update(accountFacts).set({ accountId: into.id }).where(isMoving);
  }
  await tx.delete(accountFacts).where(eq(accountFacts.accountId, from.id));
  return [
    ...moving.map(({ key, value }) => ({ key, before: null, after: value })),
    ...over.map((one) => ({ key: one.key, before: one.into.value, after: one.from.value })),
  ];
}

/** Two calendars cannot be one: that of the account that stays is as it was, unless it said nothing and the other did. */
async function daysMove(tx: Tx, viewer: Viewer, { into, from }: MergeContent): Promise<void> {
  const before = await accountDaysOf(tx, into.id);
  const after = await accountDaysOf(tx, from.id);
  if (saysNothing(before) && !saysNothing(after)) {
    const set = { workingDays: after.workingDays, holidays: after.holidays };
    await tx
      .insert(accountCalendars)
      .values({ accountId: into.id, ...set })
      .onConflictDoUpdate({ target: accountCalendars.accountId, set });
    append(tx, {
      kind: 'account.calendarSet',
      audience: 'INTERNAL',
      projectId: null,
      actorId: viewer.personId,
      subjectId: into.id,
      facts: {},
      revision: { before: { workingDays: before.workingDays, holidays: before.holidays }, after: set },
    });
  }
  await tx.delete(accountCalendars).where(eq(accountCalendars.accountId, from.id));
}

const saysNothing = ({ workingDays, holidays }: AccountDays) => workingDays === null && holidays.length === 0;

/** An account's list of ids has an end, also when two become one. Which of them nobody needs, only a person knows. */
async function externalIdsMove(tx: Tx, intoId: string, fromId: string): Promise<void> {
  await tx.update(accountExternalIds).set({ accountId: intoId }).where(eq(accountExternalIds.accountId, fromId));
  const count = await tx.$count(accountExternalIds, eq(accountExternalIds.accountId, intoId));
  if (count > mostIds) throw new ActError('EXTERNAL_IDS_TOO_MANY', { params: { count, max: mostIds } });
}

/**
 * A token of the client's own for its account is for the account that it became. One of the company's or of a program
 * keeps exactly what it reached: nobody chose the rest for it.
 */
async function tokensMove(tx: Tx, { into, from, people: here, gone, projects: moved }: MergeContent): Promise<void> {
  const names = sql`${from.id}::uuid = any(${apiTokens.accountIds})`;
  const own = [...here, ...gone];
  if (own.length > 0) {
    await tx
      .update(apiTokens)
      .set({ accountIds: sql`array_replace(${apiTokens.accountIds}, ${from.id}::uuid, ${into.id}::uuid)` })
      .where(and(names, inArray(apiTokens.personId, own)));
  }
  const ids = sql.join(
    moved.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  await tx
    .update(apiTokens)
    .set({
      accountIds: sql`array_remove(${apiTokens.accountIds}, ${from.id}::uuid)`,
      projectIds: sql`coalesce(${apiTokens.projectIds}, array[]::uuid[]) || array[${ids}]::uuid[]`,
    })
    .where(names);
}

function tell(tx: Tx, viewer: Viewer, content: MergeContent, known: readonly KnownBy[]): void {
  const { into, from } = content;
  const actorId = viewer.personId;
  const ofCompany = { audience: 'INTERNAL', projectId: null, actorId } as const;
  const everybody = [...content.people, ...content.gone];
  append(tx, {
    ...ofCompany,
    kind: 'account.merged',
    subjectId: into.id,
    facts: { fromId: from.id, projects: content.projects.length, people: everybody.length, facts: known.length },
    revision: {
      before: { name: from.name, website: from.website, timeZone: from.timeZone },
      after: { name: into.name, website: into.website, timeZone: into.timeZone },
    },
  });
  for (const { key, before, after } of known) {
    append(tx, {
      ...ofCompany,
      kind: 'account.factSet',
      subjectId: into.id,
      facts: { key },
      revision: { before: { value: before }, after: { value: after } },
    });
  }
  const moved = { from: from.id, to: into.id };
  for (const subjectId of everybody) {
    append(tx, { ...ofCompany, kind: 'person.accountChanged', subjectId, facts: moved });
  }
  for (const projectId of content.projects) {
    // Shared: whose project it is reads differently now for its own people as well.
    const kind = 'project.accountChanged';
    append(tx, { kind, audience: 'SHARED', projectId, actorId, subjectId: projectId, facts: moved });
  }
}

/** Open sockets keep the rights that they came with: everybody whose rights moved comes back with those of now. */
async function recheckAll(tx: Tx, ctx: Ctx, content: MergeContent): Promise<void> {
  const partners =
    content.projects.length === 0
      ? []
      : await tx
          .selectDistinct({ id: projectPartners.personId })
          .from(projectPartners)
          .where(and(inArray(projectPartners.projectId, [...content.projects]), isNull(projectPartners.detachedAt)));
  const ids = new Set([
    ...content.people,
    ...partners.map(({ id }) => id),
    ...content.tokens.map(({ personId }) => personId),
  ]);
  tx.afterCommit.push(() => {
    for (const personId of ids) ctx.connections.recheck(personId);
  });
}
