import { and, eq, isNull } from 'drizzle-orm';
import { people, projectStaff } from '../../drizzle/schema/index.ts';
import { can, isStaff } from '../access/policy.ts';
import type { EventKinds } from '../events.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';
import {
  checkedName,
  checkProjectRevision,
  type ProjectLocked,
  type ProjectRow,
  projectLock,
  projectWrite,
} from './rows.ts';

export type Sum = { amountMinor: number; currency: string };

/** Only what is given changes. */
export type ProjectEdit = {
  revision: number;
  name?: string;
  targetOn?: string;
  signedOn?: string;
  pmId?: string;
  platform?: ProjectRow['platform'];
  products?: ProjectRow['products'];
  revenue?: Sum;
};

/** Ten thousand million units a month: more is a slip of the finger. */
const mostMinor = 1_000_000_000_000;

/**
 * Changes fields of a project. What clients see and what only staff see are two events: amounts stand in an internal
 * one, and move neither `revision` nor `updatedAt`.
 */
export function projectEdit(ctx: Ctx, projectId: string, input: ProjectEdit): Promise<Committed<ProjectLocked>> {
  return transaction(ctx, async (tx) => {
    const project = await projectLock(tx, ctx, projectId, 'project.edit');
    checkProjectRevision(project, input.revision);
    if (input.revenue !== undefined) await writeRevenue(tx, ctx, project, input.revenue);
    const changed = await changedFields(tx, ctx, project, input);
    const fields = Object.keys(changed) as (keyof typeof changed)[];
    if (fields.length === 0) return project;
    if (changed.targetOn !== undefined || changed.signedOn !== undefined) {
      const { signedOn, targetOn } = { ...project, ...changed };
      checkNotBefore(signedOn, targetOn, changed.targetOn === undefined ? 'signedOn' : 'targetOn');
    }
    const next = await projectWrite(tx, ctx, project, changed);
    append(tx, {
      kind: 'project.edited',
      audience: 'SHARED',
      actorId: ctx.viewer.personId,
      subjectId: project.id,
      projectId: project.id,
      facts: closedFacts(project, next, fields),
      revision: { before: pick(project, fields), after: pick(next, fields) },
    });
    return next;
  });
}

type Editable = Pick<ProjectRow, 'name' | 'targetOn' | 'signedOn' | 'pmId' | 'platform' | 'products'>;

/** What the input says otherwise than the row, checked. */
async function changedFields(tx: Tx, ctx: Ctx, project: ProjectLocked, input: ProjectEdit): Promise<Partial<Editable>> {
  const wanted: Partial<Editable> = {};
  if (input.name !== undefined) wanted.name = checkedName(input.name);
  if (input.targetOn !== undefined) wanted.targetOn = input.targetOn;
  if (input.signedOn !== undefined) wanted.signedOn = input.signedOn;
  if (input.platform !== undefined) wanted.platform = input.platform;
  if (input.products !== undefined) {
    if (input.products.length === 0) throw new ActError('EMPTY', { field: 'products' });
    wanted.products = [...new Set(input.products)];
  }
  if (input.pmId !== undefined && input.pmId !== project.pmId) {
    if (!can(ctx.viewer, 'project.assignPm', project)) throw new ApiError('FORBIDDEN');
    await checkPm(tx, input.pmId);
    wanted.pmId = input.pmId;
  }
  const isSame = (field: keyof Editable) => JSON.stringify(wanted[field]) === JSON.stringify(project[field]);
  return Object.fromEntries(
    Object.entries(wanted).filter(([field]) => !isSame(field as keyof Editable)),
  ) as Partial<Editable>;
}

/** A day that is aimed at is never before the one on which the work begins. */
export function checkNotBefore(startsOn: string | null, on: string | null, field: string): void {
  if (startsOn !== null && on !== null && on < startsOn) {
    throw new ActError('BEFORE_START', { field, params: { on: startsOn } });
  }
}

/** A project manager is somebody of the company who is still there. */
export async function checkPm(tx: Tx, personId: string): Promise<void> {
  const isWanted = and(eq(people.id, personId), isNull(people.removedAt));
  const [person] = isUuid(personId) ? await tx.select().from(people).where(isWanted) : [];
  if (!person || !isStaff(person)) throw new ActError('NOT_ASSIGNABLE', { field: 'pmId' });
}

export function checkSum(sum: Sum): Sum {
  const isWhole = Number.isSafeInteger(sum.amountMinor) && sum.amountMinor >= 0 && sum.amountMinor <= mostMinor;
  if (!isWhole || !/^[A-Z]{3}$/.test(sum.currency)) throw new ActError('NOT_A_SUM', { field: 'revenue' });
  return sum;
}

async function writeRevenue(tx: Tx, ctx: Ctx, project: ProjectLocked, revenue: Sum): Promise<void> {
  if (!can(ctx.viewer, 'project.editMoney', project)) throw new ApiError('FORBIDDEN');
  const { amountMinor, currency } = checkSum(revenue);
  const [was] = await tx.select().from(projectStaff).where(eq(projectStaff.projectId, project.id)).for('update');
  if (!was || (was.revenueMinor === amountMinor && was.revenueCurrency === currency)) return;
  await tx
    .update(projectStaff)
    .set({ revenueMinor: amountMinor, revenueCurrency: currency })
    .where(eq(projectStaff.projectId, project.id));
  append(tx, {
    kind: 'project.revenueEdited',
    audience: 'INTERNAL',
    actorId: ctx.viewer.personId,
    subjectId: project.id,
    projectId: project.id,
    facts: {
      fromMinor: was.revenueMinor,
      fromCurrency: was.revenueCurrency,
      toMinor: amountMinor,
      toCurrency: currency,
    },
  });
}

type EditedFacts = EventKinds['project.edited']['facts'];

/** Names are words, so only that they changed is a fact; days, ids and closed lists stand there from and to. */
function closedFacts(before: ProjectRow, after: ProjectRow, fields: readonly (keyof Editable)[]): EditedFacts {
  const isOf = (field: keyof Editable) => fields.includes(field);
  return {
    fields: [...fields],
    ...(isOf('targetOn') && { targetOn: { from: before.targetOn, to: after.targetOn } }),
    ...(isOf('signedOn') && { signedOn: { from: before.signedOn, to: after.signedOn } }),
    ...(isOf('pmId') && { pmId: { from: before.pmId, to: after.pmId } }),
    ...(isOf('platform') && { platform: { from: before.platform, to: after.platform } }),
    ...(isOf('products') && { products: { from: before.products, to: after.products } }),
  };
}

function pick(project: ProjectRow, fields: readonly (keyof Editable)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, project[field]]));
}
