import { and, eq, sql } from 'drizzle-orm';
import { firstLookSettings, mockDefaults } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay, clientWasActive } from '../projects/commands.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { plainSettings, type SettingsValues, settingsProblem, settingsValues } from './settings.ts';

type Product = ProjectSeen['products'][number];
/** `values`: null takes back what was said before. */
export type SettingsInput = { product: Product; revision: number; values: unknown };

/** Keeps what a client would have otherwise in a product's mock. `revision`: that of the suggestion seen, 0 for none. */
export async function firstLookSuggest(
  ctx: Ctx,
  projectId: string,
  { product, revision, values: given }: SettingsInput,
): Promise<Committed<{ projectId: string }>> {
  const project = await projectLoader(ctx).load(projectId);
  if (!project) throw new ApiError('NOT_FOUND');
  checkMay(ctx, 'firstLook.suggest', project);
  if (!project.products.includes(product))
    throw new ActError('SETTINGS_INVALID', { field: 'product', params: { field: 'product' } });
  const values = checked(given);
  return transaction(ctx, async (tx) => {
    const isThis = and(eq(firstLookSettings.projectId, projectId), eq(firstLookSettings.product, product));
    await lockOn(tx, `firstLook:${projectId}:${product}`);
    const [before] = await tx.select().from(firstLookSettings).where(isThis).for('update');
    if (seenOf(before) !== revision) throw new ActError('CONFLICT', { field: 'revision' });
    // Nothing is taken back where nothing was said.
    if (values === null && revision === 0) return { projectId };
    const next = { values, revision: (before?.revision ?? 0) + 1, by: ctx.viewer.personId, at: ctx.clock.now() };
    await tx
      .insert(firstLookSettings)
      .values({ projectId, product, ...next })
      .onConflictDoUpdate({ target: [firstLookSettings.projectId, firstLookSettings.product], set: next });
    append(tx, {
      kind: 'firstLook.suggested',
      audience: 'SHARED',
      actorId: ctx.viewer.personId,
      subjectId: projectId,
      projectId,
      facts: { product, revision: next.revision },
      revision: { before: wordsOf(before?.values), after: wordsOf(values) },
    });
    await clientWasActive(tx, ctx, projectId);
    return { projectId };
  });
}

/**
 * How the mock of a product begins, for every client: its layout and the number of results. Words, boosts and colours are
 * those of one shop, and go to no other. `revision`: that of the defaults seen, 0 for none.
 */
export async function firstLookDefaultsSet(
  ctx: Ctx,
  { product, revision, values: given }: SettingsInput,
): Promise<Committed<{ product: Product }>> {
  if (!can(ctx.viewer, 'firstLook.setDefaults', null)) throw new ApiError('FORBIDDEN');
  const whole = checked(given);
  const values = whole && { ...plainSettings, layout: whole.layout, results: whole.results };
  return transaction(ctx, async (tx) => {
    await lockOn(tx, `firstLookDefaults:${product}`);
    const [before] = await tx.select().from(mockDefaults).where(eq(mockDefaults.product, product)).for('update');
    if (seenOf(before) !== revision) throw new ActError('CONFLICT', { field: 'revision' });
    if (values === null && revision === 0) return { product };
    const next = { values, revision: (before?.revision ?? 0) + 1, by: ctx.viewer.personId, at: ctx.clock.now() };
    await tx
      .insert(mockDefaults)
      .values({ product, ...next })
      .onConflictDoUpdate({ target: mockDefaults.product, set: next });
    append(tx, {
      kind: 'firstLook.defaultsSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: ctx.viewer.personId,
      projectId: null,
      facts: { product, revision: next.revision },
      revision: { before: wordsOf(before?.values), after: wordsOf(values) },
    });
    return { product };
  });
}

/** What was taken back is as if it had never been said. */
function seenOf(row: { values: unknown; revision: number } | undefined): number {
  return row && row.values !== null ? row.revision : 0;
}

function wordsOf(values: unknown): { values: unknown } | null {
  return values === null || values === undefined ? null : { values };
}

function checked(values: unknown): SettingsValues | null {
  if (values === null) return null;
  const field = settingsProblem(values);
  if (field !== null) throw new ActError('SETTINGS_INVALID', { field, params: { field } });
  return settingsValues.parse(values);
}

/** The first row of a thing cannot be locked before it is there. */
async function lockOn(tx: Tx, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
