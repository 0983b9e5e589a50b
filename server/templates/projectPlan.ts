import { and, count, desc, eq, ilike, inArray } from 'drizzle-orm';
import { accountFacts, accounts, company, projects } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { companyCalendar } from '../accounts/queries.ts';
import { addBusinessDays } from '../calendar.ts';
import { applying, type Condition, type Conditions } from '../conditions.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';
import type { ProjectRow } from '../projects/commands.ts';
import { accountVariables, variablesIn } from '../tasks/queries.ts';
import { type AskedItem, itemsAsked } from './fromList/items.ts';
import { conditionsOf, mergePlaybooks } from './merge.ts';
import { targetInBusinessDays } from './projectCreate.ts';
import { publishedPlaybooks, publishedTemplates, type TemplateRow } from './queries.ts';

export type ProjectPlanInput = {
  platform: ProjectRow['platform'];
  products: ProjectRow['products'];
  signedOn: string;
  /** Null: those that fit. */
  templateKeys: readonly string[] | null;
  /** Whose facts fill the documentation; null: those of an account that is still to be made. */
  accountId: string | null;
};
export type PlannedPhase = { key: string; name: string; milestone: string; taskCount: number; dueOn: string };
export type ProjectPlan = {
  offered: { template: TemplateRow; isFitting: boolean; isChosen: boolean }[];
  uncoveredProducts: ProjectRow['products'];
  name: string;
  targetOn: string;
  phases: PlannedPhase[];
  taskCount: number;
  /** Tasks that are not on the road yet, and may come by what is answered or learnt of the account. */
  possibleTaskCount: number;
  missingFacts: string[];
  /** What its forms ask for that Sales may know already, with what is known. */
  handOver: (AskedItem & { label: string; known: string | null })[];
  currency: string;
};

/**
 * What a project would be before it is made: which templates fit, their road put together with its days, and what
 * documentation asks for that is not known of the account yet.
 */
export async function projectPlan(ctx: Ctx, input: ProjectPlanInput): Promise<ProjectPlan> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  const published = await publishedTemplates(ctx);
  const covered = new Set(published.flatMap((one) => (one.platform === input.platform ? one.products : [])));
  const offered = published.flatMap((template) => {
    const wanted = template.products.filter((product) => input.products.includes(product));
    const isFitting = template.platform === input.platform;
    // What is written for a custom shop helps where a platform has none of its own.
    const helps = template.platform === 'CUSTOM' && wanted.some((product) => !covered.has(product));
    return wanted.length > 0 && (isFitting || helps) ? [{ template, isFitting }] : [];
  });
  const chosen = offered.filter(({ template, isFitting }) => input.templateKeys?.includes(template.key) ?? isFitting);
  const inOrder = chosen.map(({ template }) => template).sort(byProducts(input.products));
  const playbooks = await publishedPlaybooks(
    ctx.db,
    inOrder.map((template) => template.key),
  );
  const road = mergePlaybooks(playbooks);
  const [calendar, known, [ours]] = await Promise.all([
    companyCalendar(ctx),
    factKeys(ctx, input.accountId),
    ctx.db.select({ currency: company.currency }).from(company).limit(1),
  ]);
  const dueOn = (days: number) => addBusinessDays(input.signedOn, days, calendar);
  const conditions = conditionsOf(road);
  const { platform, products } = input;
  const applies = applying(conditions, { platform, products, answers: [], facts: known });
  const isSure = ({ key }: { key: string }) => !conditions.has(key) || applies.has(key);
  const planned = road.phases
    .map((phase) => ({ ...phase, tasks: phase.tasks.filter(isSure) }))
    .filter((phase) => phase.tasks.length > 0);
  const tasks = planned.flatMap((phase) => phase.tasks);
  const used = new Set(tasks.flatMap((task) => variablesIn(task.documentation)));
  return {
    offered: offered.map((one) => ({ ...one, isChosen: chosen.includes(one) })),
    uncoveredProducts: input.products.filter(
      (product) => !chosen.some(({ template }) => template.products.includes(product)),
    ),
    name: playbooks.map((playbook) => playbook.name).join(' + '),
    targetOn: dueOn(road.targetInBusinessDays || targetInBusinessDays),
    phases: planned.map((phase) => ({
      key: phase.key,
      name: phase.name,
      milestone: phase.milestone,
      taskCount: phase.tasks.length,
      dueOn: dueOn(Math.max(...phase.tasks.map((task) => task.dueInBusinessDays))),
    })),
    taskCount: tasks.length,
    possibleTaskCount: countPossible(conditions, applies, input),
    currency: ours?.currency ?? 'EUR',
    handOver: itemsAsked([{ phases: planned }]).flatMap(({ label, ...item }) =>
      label === null ? [] : [{ ...item, label, known: known.get(item.key) || null }],
    ),
    missingFacts: accountVariables.filter((key) => used.has(key) && !known.has(key)),
  };
}

/** What platform and products rule out can come by no answer. */
function countPossible(
  conditions: ReadonlyMap<string, Conditions>,
  applies: ReadonlySet<string>,
  { platform, products }: Pick<ProjectPlanInput, 'platform' | 'products'>,
): number {
  const known = { platform, products, answers: [], facts: new Map<string, string>() };
  const isFixed = ({ of }: Condition) => of === 'PLATFORM' || of === 'PRODUCT';
  const possible = new Map([...conditions].map(([key, any]) => [key, any.map((all) => all.filter(isFixed))]));
  // What is left without a condition is ruled out by nothing.
  const open = new Map([...possible].filter(([, any]) => any.every((all) => all.length > 0)));
  const allowed = applying(open, known);
  return [...conditions.keys()].filter((key) => !applies.has(key) && (!open.has(key) || allowed.has(key))).length;
}

/** In the order in which the products were chosen, so that the first one's words stand for shared tasks. */
export function byProducts(products: readonly string[]) {
  const place = (template: TemplateRow) => Math.min(...template.products.map((one) => products.indexOf(one) >>> 0));
  return (a: TemplateRow, b: TemplateRow) => place(a) - place(b);
}

/** What is known of the account; of one that is still to be made, by name alone. */
async function factKeys(ctx: Ctx, accountId: string | null): Promise<Map<string, string>> {
  // A new account's domain is read from its address.
  if (accountId === null) return new Map([['shop.domain', '']]);
  const rows = await ctx.db
    .select({ key: accountFacts.key, value: accountFacts.value })
    .from(accountFacts)
    .where(inArray(accountFacts.accountId, uuids([accountId])));
  return new Map(rows.flatMap((row) => (row.value === '' ? [] : [[row.key, row.value] as const])));
}

export type AccountRow = typeof accounts.$inferSelect;
/** An account with the platform of its newest project, which its next one most likely has too. */
export type AccountFound = { account: AccountRow; platform: ProjectRow['platform'] | null; projectCount: number };

/** Accounts whose name or address holds this, by name: for whoever starts a project. */
export async function accountsFound(ctx: Ctx, text: string, first: number): Promise<AccountFound[]> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  const wanted = `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await ctx.db
    .select()
    .from(accounts)
    .where(ilike(accounts.name, wanted))
    .orderBy(accounts.name)
    .limit(first);
  const ids = rows.map((row) => row.id);
  const [newest, counts] = await Promise.all([
    ctx.db
      .selectDistinctOn([projects.accountId], { accountId: projects.accountId, platform: projects.platform })
      .from(projects)
      .where(inArray(projects.accountId, ids))
      .orderBy(projects.accountId, desc(projects.createdAt)),
    ctx.db
      .select({ accountId: projects.accountId, count: count() })
      .from(projects)
      .where(and(inArray(projects.accountId, ids), eq(projects.state, 'ACTIVE')))
      .groupBy(projects.accountId),
  ]);
  return rows
    .filter(({ id }) =>
      can(ctx.viewer, 'project.read', { projectId: '', accountId: id, isDraft: false, isOver: false }),
    )
    .map((account) => ({
      account,
      platform: newest.find((row) => row.accountId === account.id)?.platform ?? null,
      projectCount: counts.find((row) => row.accountId === account.id)?.count ?? 0,
    }));
}
