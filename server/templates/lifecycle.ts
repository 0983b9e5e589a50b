import { and, desc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { templates, templateVersions } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { type Problem, problemsIn, shapeProblems } from './checks.ts';
import { type Playbook, playbookDocument } from './document.ts';
import { type DraftHead, freshKey, readDocument } from './draft.ts';
import { ofCompany } from './files.ts';
import type { TemplateRow } from './queries.ts';

export type VersionWithDocument = typeof templateVersions.$inferSelect;

/** Thrown by `templatePublish`: everything that keeps the draft from being published. */
export class TemplateRefused extends ActError {
  constructor(readonly problems: Problem[]) {
    super('TEMPLATE_INCOMPLETE');
  }
}

/** What an empty template plans for until somebody says. */
const plannedBusinessDays = 40;

export type TemplateCreateInput = Omit<DraftHead, 'targetInBusinessDays'> & {
  /** Null: as the copied template plans. */
  targetInBusinessDays: number | null;
  /** The template whose published version, or else draft, is copied; null: begins empty. */
  copyOfId: string | null;
  idempotencyKey: string;
};

/** Begins a template of the company's own, as a draft. A repeat of the same key answers with the first one. */
export function templateCreate(
  ctx: Ctx,
  { idempotencyKey, ...input }: TemplateCreateInput,
): Promise<Committed<TemplateRow>> {
  if (!can(ctx.viewer, 'template.edit', null)) throw new ApiError('FORBIDDEN');
  const name = input.name.trim();
  if (name === '') throw new ActError('EMPTY', { field: 'name' });
  if (name.length > 80) throw new ActError('TOO_LONG', { field: 'name', params: { max: 80 } });
  if (input.products.length === 0) throw new ActError('EMPTY', { field: 'products' });
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'templateCreate', key: idempotencyKey, body: input }, async () => {
      const taken = await tx.select({ key: templates.key }).from(templates);
      const key = freshKey(
        name,
        taken.map((row) => row.key),
        'template',
      );
      const { platform, products } = input;
      const source = input.copyOfId === null ? null : await copiedFrom(tx, input.copyOfId);
      const phases = source?.phases ?? [];
      const targetInBusinessDays = input.targetInBusinessDays ?? source?.targetInBusinessDays ?? plannedBusinessDays;
      const document: Playbook = { key, version: 1, name, platform, products, targetInBusinessDays, phases };
      return { subjectId: await templateBegin(tx, ctx, document) };
    });
    return (await templateLock(tx, ctx, id)).template;
  });
}

/** Writes a template of the company's own, with this as its draft; answers its id. The caller has asked policy. */
export async function templateBegin(tx: Tx, ctx: Ctx, document: Playbook): Promise<string> {
  const now = ctx.clock.now();
  const { key, platform, products } = document;
  // What came by a file may have no name yet; the list of templates says one.
  const name = document.name.trim() || key;
  const row = { id: uuidv7(), revision: 1, key, name, platform, products, origin: 'APP' as const };
  await tx.insert(templates).values({ ...row, retiredAt: null, createdAt: now, updatedAt: now });
  await insertDraft(tx, ctx, row.id, document);
  append(tx, {
    ...ofCompany,
    kind: 'template.created',
    actorId: ctx.viewer.personId,
    subjectId: row.id,
    facts: {},
    revision: { before: null, after: { name, platform, products } },
  });
  return row.id;
}

/** Begins the next version from the published one. With a draft under way already, that one is the answer. */
export function templateDraftStart(ctx: Ctx, id: string): Promise<Committed<TemplateRow>> {
  return transaction(ctx, async (tx) => {
    const { template, versions } = await templateLock(tx, ctx, id);
    if (versions.some((version) => version.state === 'DRAFT')) return template;
    const source = versions.find((version) => version.state === 'PUBLISHED') ?? versions[0];
    if (!source) throw new ApiError('NOT_FOUND');
    const number = nextNumber(versions);
    await insertDraft(tx, ctx, id, { ...readDocument(source.document), version: number });
    return templateChanged(tx, ctx, template, 'template.draftStarted', number);
  });
}

/** Throws the draft away; the published version stays as it is. A template that was never published is retired with it. */
export function templateDraftDiscard(
  ctx: Ctx,
  id: string,
  input: { revision: number },
): Promise<Committed<TemplateRow>> {
  return transaction(ctx, async (tx) => {
    const { template, versions } = await templateLock(tx, ctx, id);
    const draft = versions.find((version) => version.state === 'DRAFT');
    if (draft?.revision !== input.revision) throw new ActError('CONFLICT', { field: 'revision' });
    if (versions.length === 1) {
      const retiredAt = ctx.clock.now();
      return templateChanged(tx, ctx, template, 'template.retired', null, { retiredAt });
    }
    await tx.delete(templateVersions).where(eq(templateVersions.id, draft.id));
    const published = versions.find((version) => version.state === 'PUBLISHED');
    const head = published ? headOf(readDocument(published.document)) : {};
    return templateChanged(tx, ctx, template, 'template.draftDiscarded', draft.number, head);
  });
}

/** Offers the draft to new projects. Throws `TemplateRefused` with everything that is still wrong with it. */
export function templatePublish(ctx: Ctx, id: string, input: { revision: number }): Promise<Committed<TemplateRow>> {
  return transaction(ctx, async (tx) => {
    const { template, versions } = await templateLock(tx, ctx, id);
    const draft = versions.find((version) => version.state === 'DRAFT');
    if (draft?.revision !== input.revision) throw new ActError('CONFLICT', { field: 'revision' });
    const number = nextNumber(versions.filter((version) => version !== draft));
    const document = { ...readDocument(draft.document), version: number };
    const problems = problemsOf(document);
    if (problems.length > 0) throw new TemplateRefused(problems);
    const at = ctx.clock.now();
    const isOld = and(eq(templateVersions.templateId, id), eq(templateVersions.state, 'PUBLISHED'));
    await tx.update(templateVersions).set({ state: 'RETIRED' }).where(isOld);
    await tx
      .update(templateVersions)
      .set({
        state: 'PUBLISHED',
        number,
        document: playbookDocument.parse(document),
        revision: draft.revision + 1,
        publishedAt: at,
        publishedBy: ctx.viewer.personId,
      })
      .where(eq(templateVersions.id, draft.id));
    return templateChanged(tx, ctx, template, 'template.published', number, { ...headOf(document), retiredAt: null });
  });
}

/** Offers a template to no new project. Those that were started from it go on as they are. */
export function templateRetire(ctx: Ctx, id: string): Promise<Committed<TemplateRow>> {
  return transaction(ctx, async (tx) => {
    const { template } = await templateLock(tx, ctx, id);
    if (template.retiredAt !== null) return template;
    return templateChanged(tx, ctx, template, 'template.retired', null, { retiredAt: ctx.clock.now() });
  });
}

/** Offers a retired template again. */
export function templateRestore(ctx: Ctx, id: string): Promise<Committed<TemplateRow>> {
  return transaction(ctx, async (tx) => {
    const { template } = await templateLock(tx, ctx, id);
    if (template.retiredAt === null) return template;
    return templateChanged(tx, ctx, template, 'template.restored', null, { retiredAt: null });
  });
}

/** Everything that keeps a document from being published. */
export function problemsOf(document: Playbook): Problem[] {
  const parsed = playbookDocument.safeParse(document);
  const found = problemsIn(document);
  return parsed.success ? found : [...shapeProblems(document, parsed.error.issues), ...found];
}

/** Locks a template with its versions, the newest first, for whoever may edit it. */
export async function templateLock(
  tx: Tx,
  ctx: Ctx,
  id: string,
): Promise<{ template: TemplateRow; versions: VersionWithDocument[] }> {
  if (!can(ctx.viewer, 'template.read', null) || !isUuid(id)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'template.edit', null)) throw new ApiError('FORBIDDEN');
  const [template] = await tx.select().from(templates).where(eq(templates.id, id)).for('update');
  if (!template) throw new ApiError('NOT_FOUND');
  const versions = await tx
    .select()
    .from(templateVersions)
    .where(eq(templateVersions.templateId, id))
    .orderBy(desc(templateVersions.number));
  return { template, versions };
}

type Kind =
  | 'template.draftStarted'
  | 'template.draftDiscarded'
  | 'template.published'
  | 'template.retired'
  | 'template.restored';

/** Moves the template's revision, with what else changed of its row, and says so in the log. */
async function templateChanged(
  tx: Tx,
  ctx: Ctx,
  template: TemplateRow,
  kind: Kind,
  version: number | null,
  change: Partial<Pick<TemplateRow, 'name' | 'platform' | 'products' | 'retiredAt'>> = {},
): Promise<TemplateRow> {
  const changed = { ...template, ...change, revision: template.revision + 1, updatedAt: ctx.clock.now() };
  await tx.update(templates).set(changed).where(eq(templates.id, template.id));
  const base = { ...ofCompany, actorId: ctx.viewer.personId, subjectId: template.id };
  if (kind === 'template.retired' || kind === 'template.restored') append(tx, { ...base, kind, facts: {} });
  else append(tx, { ...base, kind, facts: { version: version ?? 0 } });
  return changed;
}

async function copiedFrom(tx: Tx, templateId: string): Promise<Playbook> {
  if (!isUuid(templateId)) throw new ApiError('NOT_FOUND');
  const versions = await tx
    .select()
    .from(templateVersions)
    .where(eq(templateVersions.templateId, templateId))
    .orderBy(desc(templateVersions.number));
  const source = versions.find((version) => version.state === 'PUBLISHED') ?? versions[0];
  if (!source) throw new ApiError('NOT_FOUND');
  return readDocument(source.document);
}

async function insertDraft(tx: Tx, ctx: Ctx, templateId: string, document: Playbook): Promise<void> {
  const [at, by] = [ctx.clock.now(), ctx.viewer.personId];
  await tx.insert(templateVersions).values({
    id: uuidv7(),
    templateId,
    number: document.version,
    state: 'DRAFT',
    revision: 1,
    document,
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    updatedBy: by,
  });
}

function headOf({ name, platform, products }: Playbook): Pick<TemplateRow, 'name' | 'platform' | 'products'> {
  return { name, platform, products };
}

function nextNumber(versions: readonly { number: number }[]): number {
  return Math.max(0, ...versions.map((version) => version.number)) + 1;
}
