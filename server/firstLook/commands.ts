import { and, eq, sql } from 'drizzle-orm';
import { firstLookSettings, mockDefaults } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay, clientWasActive } from '../projects/commands.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import type { DefaultsRow, SuggestionRow } from './queries.ts';
import { plainSettings, type SettingsValues, settingsProblem, settingsValues } from './settings.ts';

type Product = ProjectSeen['products'][number];
export type SettingsInput = { product: Product; revision: number; values: unknown };

/** Keeps what a client would have otherwise in a product's mock. `revision`: that of the suggestion seen, 0 for none. */
export async function firstLookSuggest(
  ctx: Ctx,
  projectId: string,
  { product, revision, values: given }: SettingsInput,
): Promise<Committed<{ projectId: string; suggestion: SuggestionRow }>> {
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
    if ((before?.revision ?? 0) !== revision) throw new ActError('CONFLICT', { field: 'revision' });
    const next = { values, revision: revision + 1, by: ctx.viewer.personId, at: ctx.clock.now() };
    const [suggestion] = await tx
      .insert(firstLookSettings)
      .values({ projectId, product, ...next })
      .onConflictDoUpdate({ target: [firstLookSettings.projectId, firstLookSettings.product], set: next })
      .returning();
    append(tx, {
      kind: 'firstLook.suggested',
      audience: 'SHARED',
      actorId: ctx.viewer.personId,
      subjectId: projectId,
      projectId,
      facts: { product, revision: next.revision },
      revision: { before: before ? { values: before.values } : null, after: { values } },
    });
    await clientWasActive(tx, ctx, projectId);
    return { projectId, suggestion: suggestion as SuggestionRow };
  });
}

/**
 * How the mock of a product begins, for every client: its layout and the number of results. Words, boosts and colours are
 * those of one shop, and go to no other. `revision`: that of the defaults seen, 0 for none.
 */
export async function firstLookDefaultsSet(
  ctx: Ctx,
  { product, revision, values: given }: SettingsInput,
): Promise<Committed<{ defaults: DefaultsRow }>> {
  if (!can(ctx.viewer, 'firstLook.setDefaults', null)) throw new ApiError('FORBIDDEN');
  const { layout, results } = checked(given);
  const values: SettingsValues = { ...plainSettings, layout, results };
  return transaction(ctx, async (tx) => {
    await lockOn(tx, `firstLookDefaults:${product}`);
    const [before] = await tx.select().from(mockDefaults).where(eq(mockDefaults.product, product)).for('update');
    if ((before?.revision ?? 0) !== revision) throw new ActError('CONFLICT', { field: 'revision' });
    const next = { values, revision: revision + 1, by: ctx.viewer.personId, at: ctx.clock.now() };
    const [defaults] = await tx
      .insert(mockDefaults)
      .values({ product, ...next })
      .onConflictDoUpdate({ target: mockDefaults.product, set: next })
      .returning();
    append(tx, {
      kind: 'firstLook.defaultsSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: ctx.viewer.personId,
      projectId: null,
      facts: { product, revision: next.revision },
      revision: { before: before ? { values: before.values } : null, after: { values } },
    });
    return { defaults: defaults as DefaultsRow };
  });
}

function checked(values: unknown): SettingsValues {
  const field = settingsProblem(values);
  if (field !== null) throw new ActError('SETTINGS_INVALID', { field, params: { field } });
  return settingsValues.parse(values);
}

/** The first row of a thing cannot be locked before it is there. */
async function lockOn(tx: Tx, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
