import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  accounts,
  company,
  notes,
  phases,
  projectConditions,
  projectPositions,
  projectStaff,
  projects,
  projectTemplates,
  taskDependencies,
  taskInputs,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { accountInsert } from '../accounts/commands.ts';
import { companyCalendar } from '../accounts/queries.ts';
import { addBusinessDays } from '../calendar.ts';
import { applying, type Conditions } from '../conditions.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import {
  checkedName,
  checkedWebsite,
  checkNotBefore,
  checkPm,
  checkSum,
  factsHandedOver,
  type KnownFact,
  type ProjectRow,
  type Sum,
} from '../projects/commands.ts';
import { factsOf } from './conditions/queries.ts';
import type { Playbook } from './document.ts';
import { conditionsOf, mergePlaybooks } from './merge.ts';
import { type DrawnRoad, drawRoad, type TaskRow } from './projectRoad.ts';
import { publishedPlaybooks } from './queries.ts';

/** How far the target is when no template says. */
export const targetInBusinessDays = 40;
const mostNameCharacters = 120;

export type ProjectCreateInput = {
  idempotencyKey: string;
  /** One that is there, or a new one that is made along. */
  account: { id: string } | { name: string; website: string; timeZone: string };
  /** Keys of published templates, merged in this order. None: the road is built by hand. */
  templateKeys: readonly string[];
  platform: ProjectRow['platform'];
  products: ProjectRow['products'];
  /** Null: the templates' own. */
  name: string | null;
  /** Null: whoever creates it. */
  pmId: string | null;
  /** YYYY-MM-DD. Due dates are counted from it, in the company's working days. */
  signedOn: string;
  /** Null: as many working days after the signature as the longest template plans for. */
  targetOn: string | null;
  /** Expected revenue a month; null: nothing known yet. */
  revenue: Sum | null;
  /** What Sales knows of the account; fills in what is not known yet. */
  handOver?: readonly KnownFact[];
  /** A draft does not exist for clients until it is activated. */
  isDraft: boolean;
};

/**
 * Starts an integration from templates: the account when it is new, the project, its road, its tasks with what they ask
 * for and a note each, and who waits for whom. Facts that documentation asks for and that are not known yet do not keep
 * it from starting: they stand as gaps on the project until somebody fills them in.
 */
export async function projectCreate(
  ctx: Ctx,
  input: ProjectCreateInput,
): Promise<Committed<{ id: string; projectId: string }>> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  const { idempotencyKey: key, handOver = [], ...asked } = input;
  // Nothing handed over is nothing said, so that keys of before are still the same keys.
  const body = handOver.length > 0 ? { ...asked, handOver } : asked;
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'projectCreate', key, body }, async () => ({
      subjectId: await projectInsert(tx, ctx, input),
    }));
    return { id, projectId: id };
  });
}

/** As `projectCreate`, as a part of another act, which has asked policy and keeps the key. */
export async function projectInsert(
  tx: Tx,
  ctx: Ctx,
  input: Omit<ProjectCreateInput, 'idempotencyKey'>,
): Promise<string> {
  if (input.products.length === 0) throw new ActError('EMPTY', { field: 'products' });
  checkNotBefore(input.signedOn, input.targetOn, 'targetOn');
  const pmId = input.pmId ?? ctx.viewer.personId;
  await checkPm(tx, pmId);
  const playbooks = await playbooksOf(tx, input.templateKeys);
  const account = await accountOf(tx, ctx, input);
  const calendar = await companyCalendar({ db: tx as unknown as Ctx['db'] });
  const road = mergePlaybooks(playbooks);
  const now = ctx.clock.now();
  const id = uuidv7();
  const { signedOn, platform } = input;
  const conditions = conditionsOf(road);
  const facts = conditions.size > 0 ? await factsOf(tx, account.id) : new Map<string, string>();
  const applies = applying(conditions, { platform, products: input.products, answers: [], facts });
  const isDrawn = (key: string) => !conditions.has(key) || applies.has(key);
  const start = { projectId: id, pmId, signedOn, isDraft: input.isDraft, calendar, now };
  const drawn = drawRoad(road, { ...start, isDrawn });
  const ownName = playbooks.map((playbook) => playbook.name).join(' + ');
  const planned = road.targetInBusinessDays || targetInBusinessDays;
  const targetOn = input.targetOn ?? addBusinessDays(signedOn, planned, calendar);
  const row = {
    id,
    revision: 1,
    accountId: account.id,
    name: checkedName(input.name ?? ownName.slice(0, mostNameCharacters)),
    platform,
    products: [...new Set(input.products)],
    state: input.isDraft ? ('DRAFT' as const) : ('ACTIVE' as const),
    stateSince: now,
    activatedAt: input.isDraft ? null : now,
    pmId,
    timeZone: account.timeZone,
    signedOn,
    targetOn,
    baselineTargetOn: input.isDraft ? null : targetOn,
    createdAt: now,
    updatedAt: now,
  };
  const revenue = await revenueOf(tx, input);
  await tx.insert(projects).values(row);
  await tx.insert(projectPositions).values({ projectId: id, position: 0, sharedPosition: 0 });
  await tx.insert(projectStaff).values({
    projectId: id,
    revenueMinor: revenue.amountMinor,
    revenueCurrency: revenue.currency,
    lastClientActivityAt: null,
  });
  const templates = playbooks.map(({ key, version }, index) => ({ projectId: id, index, templateKey: key, version }));
  if (templates.length > 0) await tx.insert(projectTemplates).values(templates);
  append(tx, {
    kind: 'project.created',
    audience: 'SHARED',
    actorId: ctx.viewer.personId,
    subjectId: id,
    projectId: id,
    facts: { templates: playbooks.map(({ key, version }) => ({ key, version })) },
    revision: { before: null, after: { name: row.name, state: row.state, targetOn: row.targetOn } },
  });
  await insertRoad(tx, drawn);
  await insertConditions(tx, id, conditions, applies);
  appendTasks(tx, ctx, drawn.tasks);
  await insertNotes(tx, ctx, drawn.tasks);
  return id;
}

async function playbooksOf(tx: Tx, keys: readonly string[]): Promise<Playbook[]> {
  const wanted = [...new Set(keys)];
  const found = await publishedPlaybooks(tx, wanted);
  if (found.length < wanted.length) throw new ActError('TEMPLATE_NOT_OFFERED', { field: 'templateKeys' });
  return found;
}

/** The account that is there, or the new one. */
async function accountOf(
  tx: Tx,
  ctx: Ctx,
  { account: wanted, handOver = [] }: Omit<ProjectCreateInput, 'idempotencyKey'>,
): Promise<{ id: string; timeZone: string }> {
  if ('id' in wanted) {
    const [row] = isUuid(wanted.id) ? await tx.select().from(accounts).where(eq(accounts.id, wanted.id)) : [];
    const facts = { projectId: '', accountId: wanted.id, isDraft: false, isOver: false };
    if (!row || !can(ctx.viewer, 'project.read', facts)) throw new ApiError('NOT_FOUND');
    await factsHandedOver(tx, ctx, wanted.id, handOver);
    return row;
  }
  if (!isTimeZone(wanted.timeZone)) throw new ActError('INVALID_TIME_ZONE', { field: 'newAccount.timeZone' });
  const name = checkedName(wanted.name, 'newAccount.name');
  const { timeZone } = wanted;
  const website = checkedWebsite(wanted.website, 'newAccount.website');
  // The shop's domain is known from its address: one gap less in the documentation.
  const isTold = handOver.some(({ key, value }) => key === 'shop.domain' && value.trim() !== '');
  const facts = isTold ? [] : [{ key: 'shop.domain', value: new URL(website).hostname, source: 'STAFF' }];
  const id = await accountInsert(tx, ctx, ctx.viewer.personId, { name, website, timeZone, facts });
  await factsHandedOver(tx, ctx, id, handOver);
  return { id, timeZone };
}

async function revenueOf(tx: Tx, { revenue }: Pick<ProjectCreateInput, 'revenue'>): Promise<Sum> {
  if (revenue !== null) return checkSum(revenue);
  const [ours] = await tx.select({ currency: company.currency }).from(company).limit(1);
  return { amountMinor: 0, currency: ours?.currency ?? 'EUR' };
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Keeps what the tasks depend on that do not always apply, whether they are drawn or not. */
async function insertConditions(
  tx: Tx,
  projectId: string,
  conditions: ReadonlyMap<string, Conditions>,
  applies: ReadonlySet<string>,
): Promise<void> {
  const rows = [...conditions].map(([taskKey, own]) => {
    return { projectId, taskKey, conditions: own, applies: applies.has(taskKey), waivedFrom: null };
  });
  if (rows.length > 0) await tx.insert(projectConditions).values(rows);
}

async function insertRoad(tx: Tx, drawn: DrawnRoad): Promise<void> {
  if (drawn.phases.length > 0) await tx.insert(phases).values(drawn.phases);
  if (drawn.tasks.length > 0) await tx.insert(tasks).values(drawn.tasks);
  if (drawn.inputs.length > 0) await tx.insert(taskInputs).values(drawn.inputs);
  if (drawn.dependencies.length > 0) await tx.insert(taskDependencies).values(drawn.dependencies);
}

/** Who draws tasks: somebody, or nobody where a rule says so. */
export type Drawer = Pick<Ctx, 'clock'> & { readonly viewer?: Ctx['viewer'] | undefined };

/** Says of new tasks that they are there, and of those that can be begun at once that they are ready. */
export function appendTasks(tx: Tx, ctx: Drawer, rows: TaskRow[]): void {
  for (const task of rows) {
    append(tx, {
      kind: 'task.created',
      audience: task.visibility,
      actorId: ctx.viewer?.personId ?? null,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { phaseId: task.phaseId },
      revision: { before: null, after: { title: task.title, purpose: task.purpose, dueOn: task.dueOn ?? null } },
    });
  }
  for (const task of rows.filter((each) => each.state === 'READY')) {
    append(tx, {
      kind: 'task.ready',
      audience: task.visibility,
      actorId: null,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { from: 'NOT_READY', to: 'READY' },
    });
  }
}

/** Every task has its note from the first day, empty: the server owns its history, clients never seed it. */
export async function insertNotes(tx: Tx, ctx: Drawer, rows: TaskRow[]): Promise<void> {
  const made = rows.map((task) => ({
    id: uuidv7(),
    projectId: task.projectId,
    taskId: task.id,
    audience: task.visibility,
    epoch: 1,
    createdAt: ctx.clock.now(),
  }));
  if (made.length > 0) await tx.insert(notes).values(made);
  for (const note of made) {
    append(tx, {
      kind: 'note.created',
      audience: note.audience,
      actorId: ctx.viewer?.personId ?? null,
      subjectId: note.id,
      projectId: note.projectId,
      taskId: note.taskId,
      facts: {},
    });
  }
}
