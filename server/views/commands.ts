import { and, count, eq, ne } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { defaultViews, savedViews } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid, uuids } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import {
  type Column,
  type Filter,
  type GroupBy,
  type Layout,
  type Sort,
  savedViewLoader,
  type Zoom,
} from './queries.ts';

const maxName = 80;
/** So many views a person can have of their own. */
const maxViews = 50;
const maxValues = 100;
const maxText = 200;

export type Definition = {
  filter: Filter;
  sort: Sort;
  groupBy?: GroupBy | null;
  layout?: Layout | null;
  zoom?: Zoom | null;
  columns: Column[];
};
type Create = { name: string; isShared: boolean; definition: Definition; idempotencyKey: string };
type Update = {
  revision: number;
  name?: string | null;
  isShared?: boolean | null;
  definition?: Definition | null;
};
type Done = { id: string };

/** Keeps a way to look at the overview, for oneself or for all staff. */
export function savedViewCreate(ctx: Ctx, { idempotencyKey, ...input }: Create): Promise<Committed<Done>> {
  mayKeep(ctx);
  const values = { name: checkName(input.name), ...valuesOf(input.definition) };
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'savedViewCreate', key: idempotencyKey, body: input }, async () => {
      const ofPerson = eq(savedViews.ownerId, ctx.viewer.personId);
      const [own] = await tx.select({ count: count() }).from(savedViews).where(ofPerson);
      if ((own?.count ?? 0) >= maxViews) throw new ActError('TOO_MANY', { params: { max: maxViews } });
      const now = ctx.clock.now();
      const row: typeof savedViews.$inferInsert = {
        id: uuidv7(),
        revision: 1,
        ownerId: ctx.viewer.personId,
        isShared: input.isShared,
        ...values,
        createdAt: now,
        updatedAt: now,
      };
      await tx.insert(savedViews).values(row);
      tell(tx, ctx, 'view.created', row, null, row.name);
      return { subjectId: row.id };
    });
    return { id };
  });
}

/** Renames a view, shares it or takes it back, or keeps another look under its name. */
export async function savedViewUpdate(ctx: Ctx, id: string, input: Update): Promise<Committed<Done>> {
  await mayEdit(ctx, id);
  const name = input.name === undefined || input.name === null ? null : checkName(input.name);
  return transaction(ctx, async (tx) => {
    const row = await viewLocked(tx, id, input.revision);
    const next = {
      ...(input.definition ? valuesOf(input.definition) : {}),
      name: name ?? row.name,
      isShared: input.isShared ?? row.isShared,
    };
    await tx
      .update(savedViews)
      .set({ ...next, revision: row.revision + 1, updatedAt: ctx.clock.now() })
      .where(eq(savedViews.id, id));
    // Whoever opens the overview with a view that is no longer theirs to see opens it plain.
    if (row.isShared && !next.isShared) {
      const ofOthers = and(eq(defaultViews.viewId, id), ne(defaultViews.personId, row.ownerId));
      await tx.delete(defaultViews).where(ofOthers);
    }
    tell(tx, ctx, 'view.edited', { id, isShared: next.isShared }, row.name, next.name);
    return { id };
  });
}

export async function savedViewDelete(ctx: Ctx, id: string, revision: number): Promise<Committed<Done>> {
  await mayEdit(ctx, id);
  return transaction(ctx, async (tx) => {
    const row = await viewLocked(tx, id, revision);
    await tx.delete(savedViews).where(eq(savedViews.id, id));
    tell(tx, ctx, 'view.deleted', row, row.name, null);
    return { id };
  });
}

/** The view that the overview opens with for this person; null: the plain one. Nobody else hears of it. */
export async function savedViewSetDefault(ctx: Ctx, id: string | null): Promise<Committed<{ id: string | null }>> {
  mayKeep(ctx);
  if (id !== null && !(await savedViewLoader(ctx).load(id))) throw new ApiError('NOT_FOUND');
  const { personId } = ctx.viewer;
  return transaction(ctx, async (tx) => {
    if (id === null) await tx.delete(defaultViews).where(eq(defaultViews.personId, personId));
    else {
      const row = { personId, viewId: id };
      await tx.insert(defaultViews).values(row).onConflictDoUpdate({ target: defaultViews.personId, set: row });
    }
    return { id };
  });
}

function mayKeep(ctx: Ctx): void {
  if (!can(ctx.viewer, 'overview.read', null)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'view.save', null)) throw new ApiError('FORBIDDEN');
}

async function mayEdit(ctx: Ctx, id: string): Promise<void> {
  const view = isUuid(id) ? await savedViewLoader(ctx).load(id) : null;
  if (!view) throw new ApiError('NOT_FOUND');
  if (!view.viewerCanEdit) throw new ApiError('FORBIDDEN');
}

async function viewLocked(tx: Tx, id: string, revision: number) {
  const [row] = await tx.select().from(savedViews).where(eq(savedViews.id, id)).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  if (row.revision !== revision) throw new ActError('CONFLICT');
  return row;
}

function checkName(given: string): string {
  const name = given.trim();
  if (name === '') throw new ActError('EMPTY', { field: 'name' });
  if ([...name].length > maxName) throw new ActError('TOO_LONG', { field: 'name', params: { max: maxName } });
  return name;
}

/** The row's columns; an empty list restricts nothing, as if it were left out. */
function valuesOf({ filter, sort, groupBy, layout, zoom, columns }: Definition) {
  const some = <T>(list: T[] | null | undefined): T[] | null => {
    if ((list?.length ?? 0) > maxValues) throw new ActError('TOO_MANY', { params: { max: maxValues } });
    return list?.length ? [...new Set(list)] : null;
  };
  const short = (text: string | null | undefined, field: string): string | null => {
    const trimmed = text?.trim() || null;
    if (trimmed && trimmed.length > maxText) throw new ActError('TOO_LONG', { field, params: { max: maxText } });
    return trimmed;
  };
  return {
    states: some(filter.states),
    pmIds: some(filter.pmIds && uuids(filter.pmIds)),
    platforms: some(filter.platforms),
    products: some(filter.products),
    healths: some(filter.healths),
    courts: some(filter.courts),
    phase: short(filter.phase, 'phase'),
    text: short(filter.text, 'text'),
    targetFrom: filter.targetFrom ?? null,
    targetTo: filter.targetTo ?? null,
    isMine: filter.isMine ?? false,
    hasReview: filter.hasReview ?? false,
    sortBy: sort.by,
    sortDirection: sort.direction,
    groupBy: groupBy ?? null,
    layout: layout ?? 'TABLE',
    zoom: zoom ?? 'MONTH',
    columns: [...new Set(columns)],
  };
}

function tell(
  tx: Tx,
  ctx: Ctx,
  kind: 'view.created' | 'view.edited' | 'view.deleted',
  view: { id: string; isShared: boolean },
  before: string | null,
  after: string | null,
): void {
  const named = (name: string | null) => (name === null ? null : { name });
  append(tx, {
    kind,
    audience: 'INTERNAL',
    actorId: ctx.viewer.personId,
    subjectId: view.id,
    projectId: null,
    facts: { isShared: view.isShared },
    revision: { before: named(before), after: named(after) },
  });
}
