import { and, inArray, isNotNull } from 'drizzle-orm';
import { firstLookSettings, firstLooks, mockDefaults } from '../../drizzle/schema/index.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { type MockKind, mockOf } from './mocks/registry.ts';
import { newestFeeds } from './run/queries.ts';
import { plainSettings, type SettingsValues, settingsFrom } from './settings.ts';

export type FirstLookRow = typeof firstLooks.$inferSelect;
export type SuggestionRow = typeof firstLookSettings.$inferSelect;
export type DefaultsRow = typeof mockDefaults.$inferSelect;

/** By the id of a project that the viewer was let to see; null where nothing was ever wanted. */
export function firstLookLoader(ctx: Ctx) {
  return loaderOf<string, FirstLookRow | null>(ctx, 'firstLooks.ofProject', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(firstLooks)
      .where(inArray(firstLooks.projectId, [...projectIds]));
    return byKey(projectIds, rows, (row) => row.projectId);
  });
}

export const passedOverReasons = ['REFUSED', 'FEWER_USABLE', 'NOTHING_USABLE'] as const;
export type PassedOver = {
  submissionId: string;
  reason: (typeof passedOverReasons)[number];
  at: Date;
  total: number;
  usable: number;
};

/** The feed that came last, where what is shown is of an earlier one and stays so. */
export function passedOverLoader(ctx: Ctx) {
  return loaderOf<string, PassedOver | null>(ctx, 'firstLooks.passedOver', async (projectIds) => {
    const [looks, newest] = await Promise.all([
      firstLookLoader(ctx).loadMany(projectIds),
      newestFeeds(ctx.db, projectIds),
    ]);
    const shown = looks.filter((look) => look !== null && !(look instanceof Error) && look.indexKey !== null);
    const passed = newest.flatMap(({ projectId, submissionId, at, rows, valid, isGood, hasGood }) => {
      const look = (shown as FirstLookRow[]).find((one) => one.projectId === projectId);
      // A good one, or one with no fewer products than are shown, is on its way or there.
      if (!look || isGood || (!hasGood && valid >= look.usable)) return [];
      const reason = valid === 0 ? 'NOTHING_USABLE' : hasGood ? 'REFUSED' : 'FEWER_USABLE';
      return [{ projectId, passed: { submissionId, at, total: rows, usable: valid, reason } as const }];
    });
    return byKey(projectIds, passed, (row) => row.projectId).map((found) => found?.passed ?? null);
  });
}

/** What was suggested for the mocks of a project that the viewer was let to see. */
export function suggestionsLoader(ctx: Ctx) {
  return loaderOf<string, SuggestionRow[]>(ctx, 'firstLooks.suggestions', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(firstLookSettings)
      .where(and(inArray(firstLookSettings.projectId, [...projectIds]), isNotNull(firstLookSettings.values)));
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

/** What the company lets the mock of a product begin with. */
export function defaultsLoader(ctx: Ctx) {
  return loaderOf<string, DefaultsRow | null>(ctx, 'firstLooks.defaults', async (products) => {
    const rows = await ctx.db
      .select()
      .from(mockDefaults)
      .where(and(inArray(mockDefaults.product, [...products]), isNotNull(mockDefaults.values)));
    return byKey(products, rows, (row) => row.product);
  });
}

export type MockSeen = {
  project: ProjectSeen;
  product: ProjectSeen['products'][number];
  kind: MockKind;
  suggestion: SuggestionRow | null;
  defaults: DefaultsRow | null;
  /** What holds: as suggested, else as the company begins, else plain. */
  settings: SettingsValues;
};

/** The mocks of the products that a project brings, in its order. */
export async function mocksOf(ctx: Ctx, project: ProjectSeen): Promise<MockSeen[]> {
  const [suggestions, defaults] = await Promise.all([
    suggestionsLoader(ctx).load(project.id),
    defaultsLoader(ctx).loadMany(project.products),
  ]);
  return project.products.map((product, at) => {
    const own = defaults[at];
    const byCompany = own instanceof Error ? null : (own ?? null);
    const suggestion = suggestions.find((row) => row.product === product) ?? null;
    const held = suggestion ?? byCompany;
    const settings = held ? settingsFrom(held.values) : plainSettings;
    return { project, product, kind: mockOf(product), suggestion, defaults: byCompany, settings };
  });
}
