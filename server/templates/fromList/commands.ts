import { and, eq, isNull, sql } from 'drizzle-orm';
import { people, projects } from '../../../drizzle/schema/index.ts';
import { contactRole } from '../../access/contactRole.ts';
import { can } from '../../access/policy.ts';
import { personInvite } from '../../accounts/commands.ts';
import { externalIdGiven } from '../../accounts/externalIds/commands.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { UserError } from '../../platform/graphql/payload.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { projectInsert } from '../projectCreate.ts';
import { columnsOf, type ListColumn } from './columns.ts';
import { type JudgedRow, judgeRow, namedIn, RowCells } from './judge.ts';
import { checkColumns } from './limits.ts';
import { groundOf, itemsOf, publishedGround } from './queries.ts';

export type RowInput = {
  idempotencyKey: string;
  columns: readonly string[];
  cells: readonly string[];
  /** When the row does not say. */
  signedOn: string;
  isDraft: boolean;
};

export type RowDone = {
  id: string;
  projectId: string;
  /** False: such an integration was there, and nothing was made. */
  isMade: boolean;
  /** Who got a mail by this row. */
  invited: string | null;
  /** Why the contact got none, although they should have. */
  notInvited: UserError | null;
};

/** Everything that keeps a row from becoming an integration. */
export class RowRefused extends ActError {
  constructor(readonly problems: readonly UserError[]) {
    super(problems[0]?.code ?? 'EMPTY');
  }
}

/** Ends the transaction of a row whose integration is there: its key stays free, and nothing was made. */
class RowStands extends Error {
  constructor(readonly projectId: string) {
    super('stands');
  }
}

/**
 * Starts the integration of one row of a list, as `projectCreate` does, in one transaction: its account when nobody knows
 * it, what other systems call it, and what Sales hands over. The contact is invited after it: a mail that may not go yet
 * keeps no integration from starting, and goes with the next call of the same key. A list that is sent a second time
 * makes nothing twice, whatever its keys are, since a row whose integration is there makes none.
 */
export async function projectCreateFromRow(ctx: Ctx, input: RowInput): Promise<Committed<RowDone>> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  checkColumns(input.columns);
  const { idempotencyKey: key, ...body } = input;
  try {
    const made = await transaction(ctx, async (tx) => {
      const act = { act: 'projectCreateFromRow', key, body };
      return idempotent(ctx, tx, act, async () => ({ subjectId: await insertRow(tx, ctx, input) }));
    });
    const id = made.value;
    const mailed = await inviteContact(ctx, id, input);
    return { value: { id, projectId: id, isMade: true, ...mailed }, positions: made.positions };
  } catch (error) {
    if (!(error instanceof RowStands)) throw error;
    const { projectId } = error;
    const value = { id: projectId, projectId, isMade: false, invited: null, notInvited: null };
    return { value, positions: new Map() };
  }
}

/** Two lists with the same new account must not both make it, and an account has no name that is its alone. */
const lockName = 'projects from a list';

async function insertRow(tx: Tx, ctx: Ctx, input: RowInput): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lockName}, 0))`);
  const { row, columns } = await judged(tx, ctx, input);
  if (row.problems.length > 0) throw new RowRefused(row.problems);
  if (row.standing) throw new RowStands(row.standing.id);
  if (row.contact) {
    const facts = { role: contactRole(true), accountId: row.account?.id ?? '', projectIds: [] };
    if (!can(ctx.viewer, 'person.invite', facts)) throw new ApiError('FORBIDDEN');
  }
  const { account, website, platform } = row;
  // Both are there in a row without problems.
  if (platform === null || (account === null && website === null)) throw new RowRefused(row.problems);
  const projectId = await told(columns, () =>
    projectInsert(tx, ctx, {
      account: account ? { id: account.id } : { name: row.accountName, website: website ?? '', timeZone: row.timeZone },
      platform,
      products: row.products,
      templateKeys: row.templates.map((template) => template.key),
      name: row.name,
      pmId: row.pm?.id ?? null,
      signedOn: row.signedOn,
      targetOn: row.targetOn,
      revenue: null,
      handOver: row.handOver,
      isDraft: input.isDraft,
    }),
  );
  if (row.externalId) {
    const [project] = await tx.select().from(projects).where(eq(projects.id, projectId));
    const { externalId } = row;
    if (project) await told(columns, () => externalIdGiven(tx, ctx, project.accountId, externalId));
  }
  return projectId;
}

/** What the commands below say of a field is said of the row's column, or of the row. */
async function told<T>(columns: readonly ListColumn[], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ActError)) throw error;
    const field = error.field === 'externalId' ? 'EXTERNAL_ID' : null;
    const column = columns.find((one) => field !== null && one.field === field)?.name ?? null;
    throw new RowRefused([{ code: error.code, field: column, message: words.userErrors[error.code](error.params) }]);
  }
}

async function judged(
  db: Pick<Tx, 'select' | 'selectDistinctOn'>,
  ctx: Ctx,
  input: RowInput,
): Promise<{ row: JudgedRow; columns: ListColumn[] }> {
  const { templates, playbooks } = await publishedGround(db);
  const columns = columnsOf(input.columns, itemsOf(playbooks));
  const cells = new RowCells(columns, input.cells);
  const ground = await groundOf(db, ctx, namedIn([cells]), templates);
  const row = judgeRow(cells, ground, { ...input, viewerId: ctx.viewer.personId });
  return { row, columns };
}

async function inviteContact(
  ctx: Ctx,
  projectId: string,
  input: RowInput,
): Promise<Pick<RowDone, 'invited' | 'notInvited'>> {
  const nobody = { invited: null, notInvited: null };
  const [project] = await ctx.db.select().from(projects).where(eq(projects.id, projectId));
  const { contact } = (await judged(ctx.db, ctx, input)).row;
  if (!project || !contact) return nobody;
  const { accountId } = project;
  // Who comes first leads, as on the page of one integration.
  const isLed = await ctx.db.$count(people, and(eq(people.accountId, accountId), isNull(people.removedAt)));
  try {
    await personInvite(ctx, {
      idempotencyKey: `${input.idempotencyKey} contact`,
      ...contact,
      role: contactRole(isLed === 0),
      accountId,
      projectIds: [],
    });
    return { ...nobody, invited: contact.email };
  } catch (error) {
    if (!(error instanceof ActError)) throw error;
    const message = words.userErrors[error.code](error.params);
    return { ...nobody, notInvited: { code: error.code, field: null, message } };
  }
}
