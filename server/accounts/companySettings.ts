import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { company } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { contrastWithWhite, isColor, leastContrast, readableShade } from './accent.ts';
import { checkedHolidays, checkedWeek } from './calendars/days.ts';
import { normalEmail } from './commands.ts';
import { checkedName, checkedTimeZone } from './memberLock.ts';

export type CompanyRow = Omit<typeof company.$inferSelect, 'logo'>;

/** Only what is given is changed; null takes an optional thing away. */
export type CompanyEdit = { revision: number } & Partial<
  Pick<
    CompanyRow,
    | 'name'
    | 'timeZone'
    | 'currency'
    | 'accentColor'
    | 'senderName'
    | 'replyTo'
    | 'workingDays'
    | 'opensAt'
    | 'closesAt'
    | 'holidays'
    | 'clientAnswerHours'
    | 'companyAnswerHours'
  >
>;

const ofCompany = { audience: 'INTERNAL', projectId: null } as const;
const email = z.email().max(254);
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;
const mostAnswerHours = 400;

/** The settings, for whoever may edit them; null for everybody else. */
export async function companySettings(ctx: Ctx): Promise<CompanyRow | null> {
  if (!can(ctx.viewer, 'company.edit', null)) return null;
  const [row] = await ctx.db.select().from(company).limit(1);
  return row ? withoutLogo(row) : null;
}

/** Changes the settings of the company. CONFLICT when somebody else has changed them since. */
export function companyEdit(ctx: Ctx, { revision, ...input }: CompanyEdit): Promise<Committed<CompanyRow>> {
  return transaction(ctx, async (tx) => {
    const row = await companyLock(tx, ctx);
    if (row.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
    const next = checked({ ...row, ...given(input) });
    const fields = Object.keys(given(input)).filter(
      (field) => !same(row[field as keyof CompanyRow], next[field as keyof CompanyRow]),
    );
    if (fields.length === 0) return withoutLogo(row);
    const changed = Object.fromEntries(fields.map((field) => [field, next[field as keyof CompanyRow]]));
    const before = Object.fromEntries(fields.map((field) => [field, row[field as keyof CompanyRow]]));
    await tx
      .update(company)
      .set({ ...changed, revision: row.revision + 1 })
      .where(eq(company.id, row.id));
    append(tx, {
      ...ofCompany,
      kind: 'company.edited',
      actorId: ctx.viewer.personId,
      subjectId: row.id,
      facts: { fields },
      revision: { before, after: changed },
    });
    return withoutLogo({ ...next, revision: row.revision + 1 });
  });
}

/** Replaces the logo; with null it goes. The bytes were looked at by the caller. */
export function companyLogoSet(
  ctx: Ctx,
  logo: { type: string; bytes: Uint8Array } | null,
): Promise<Committed<CompanyRow>> {
  return transaction(ctx, async (tx) => {
    const row = await companyLock(tx, ctx);
    const changed = {
      logo: logo?.bytes ?? null,
      logoType: logo?.type ?? null,
      logoHash: logo ? createHash('sha256').update(logo.bytes).digest('base64url').slice(0, 22) : null,
      revision: row.revision + 1,
    };
    await tx.update(company).set(changed).where(eq(company.id, row.id));
    const of = { ...ofCompany, actorId: ctx.viewer.personId, subjectId: row.id };
    if (logo) append(tx, { ...of, kind: 'company.logoSet', facts: { sizeBytes: logo.bytes.length } });
    else append(tx, { ...of, kind: 'company.logoRemoved', facts: {} });
    return withoutLogo({ ...row, ...changed });
  });
}

async function companyLock(tx: Tx, ctx: Ctx): Promise<typeof company.$inferSelect> {
  if (!can(ctx.viewer, 'company.edit', null)) throw new ApiError('FORBIDDEN');
  const [row] = await tx.select().from(company).limit(1).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}

/** GraphQL hands over undefined for what was left out; null is said on purpose, where it may be. */
function given(input: Omit<CompanyEdit, 'revision'>): Omit<CompanyEdit, 'revision'> {
  const required = [
    'name',
    'timeZone',
    'currency',
    'workingDays',
    'opensAt',
    'closesAt',
    'holidays',
    'clientAnswerHours',
    'companyAnswerHours',
  ];
  const said = Object.entries(input).filter(
    ([field, value]) => value !== undefined && !(value === null && required.includes(field)),
  );
  return Object.fromEntries(said);
}

function checked<T extends CompanyRow>(row: T): T {
  const { opensAt, closesAt } = row;
  const workingDays = checkedWeek(row.workingDays);
  const areHours = clockTime.test(opensAt) && clockTime.test(closesAt) && opensAt < closesAt;
  if (!areHours) throw new ActError('INVALID_CALENDAR', { field: 'opensAt', params: { what: 'hours' } });
  const holidays = checkedHolidays(row.holidays);
  checkAnswerHours(row, 'clientAnswerHours');
  checkAnswerHours(row, 'companyAnswerHours');
  return {
    ...row,
    name: checkedName(row.name),
    timeZone: checkedTimeZone(row.timeZone),
    currency: checkedCurrency(row.currency),
    accentColor: row.accentColor === null ? null : checkedAccent(row.accentColor),
    senderName: row.senderName === null ? null : checkedName(row.senderName),
    replyTo: row.replyTo === null ? null : checkedAddress(row.replyTo),
    workingDays,
    holidays,
  };
}

function checkAnswerHours(row: CompanyRow, field: 'clientAnswerHours' | 'companyAnswerHours'): void {
  const isFit = row[field] >= 1 && row[field] <= mostAnswerHours;
  if (!isFit) throw new ActError('OUT_OF_RANGE', { field, params: { min: 1, max: mostAnswerHours } });
}

function checkedCurrency(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) throw new ActError('NOT_A_SUM', { field: 'currency' });
  return currency;
}

function checkedAccent(color: string): string {
  if (!isColor(color)) throw new ActError('INVALID_COLOR', { field: 'accentColor' });
  const ratio = contrastWithWhite(color);
  if (ratio >= leastContrast) return color.toLowerCase();
  throw new ActError('CONTRAST_TOO_LOW', {
    field: 'accentColor',
    // Cut, not rounded: 4.49 must not be called 4.5.
    params: { ratio: Math.floor(ratio * 10) / 10, least: leastContrast, shade: readableShade(color) },
  });
}

function checkedAddress(address: string): string {
  const parsed = email.safeParse(normalEmail(address));
  if (!parsed.success) throw new ActError('INVALID_EMAIL', { field: 'replyTo' });
  return parsed.data;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function withoutLogo({ logo: _, ...row }: typeof company.$inferSelect): CompanyRow {
  return row;
}
