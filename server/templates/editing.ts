import { eq } from 'drizzle-orm';
import { templates, templateVersions } from '../../drizzle/schema/index.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { isReviewedByDefault, type PhaseTemplate, type Playbook, type TaskTemplate } from './document.ts';
import {
  type DraftHead,
  draftDocument,
  freshKey,
  phaseIn,
  taskIn,
  withoutPhase,
  withoutTask,
  withPhaseAt,
  withTask,
  withTaskAt,
} from './draft.ts';
import { ofCompany } from './files.ts';
import { templateLock } from './lifecycle.ts';
import type { TemplateRow } from './queries.ts';
import { maxDocumentCharacters } from './templateFile.ts';

type OfDraft = { revision: number };
type Edited = Promise<Committed<TemplateRow>>;

/** Changes what the template is called and meant for. */
export function templateDraftEdit(ctx: Ctx, id: string, { revision, ...head }: OfDraft & DraftHead): Edited {
  return draftEdit(ctx, id, revision, (draft) => ({ ...draft, ...head }));
}

/** Puts a whole road in the place of the draft's: how an editor takes its last change back. */
export function templateDraftReplace(
  ctx: Ctx,
  id: string,
  { revision, ...document }: OfDraft & DraftHead & Pick<Playbook, 'phases'>,
): Edited {
  return draftEdit(ctx, id, revision, (draft) => ({ ...draft, ...document }));
}

export type PhaseText = Pick<PhaseTemplate, 'name' | 'milestone'>;

export function templatePhaseAdd(
  ctx: Ctx,
  id: string,
  { idempotencyKey, ...input }: OfDraft & PhaseText & { idempotencyKey: string },
): Edited {
  const { revision, name, milestone } = input;
  return draftAdd(ctx, id, { act: 'templatePhaseAdd', key: idempotencyKey, body: [id, input] }, revision, (draft) => {
    const key = freshKey(name, keysOf(draft.phases), 'phase');
    return withPhaseAt(draft, { key, name, milestone, tasks: [] }, draft.phases.length);
  });
}

export function templatePhaseEdit(
  ctx: Ctx,
  id: string,
  { revision, key, name, milestone }: OfDraft & PhaseText & { key: string },
): Edited {
  return draftEdit(ctx, id, revision, (draft) => {
    const phase = phaseIn(draft, key);
    const at = draft.phases.findIndex((each) => each.key === key);
    return phase && withPhaseAt(draft, { ...phase, name, milestone }, at);
  });
}

export function templatePhaseMove(
  ctx: Ctx,
  id: string,
  { revision, key, index }: OfDraft & { key: string; index: number },
): Edited {
  return draftEdit(ctx, id, revision, (draft) => {
    const phase = phaseIn(draft, key);
    return phase && withPhaseAt(draft, phase, index);
  });
}

export function templatePhaseRemove(ctx: Ctx, id: string, { revision, key }: OfDraft & { key: string }): Edited {
  return draftEdit(ctx, id, revision, (draft) => phaseIn(draft, key) && withoutPhase(draft, key));
}

export function templateTaskAdd(
  ctx: Ctx,
  id: string,
  { idempotencyKey, ...input }: OfDraft & { phaseKey: string; title: string; idempotencyKey: string },
): Edited {
  const { revision, phaseKey, title } = input;
  return draftAdd(ctx, id, { act: 'templateTaskAdd', key: idempotencyKey, body: [id, input] }, revision, (draft) => {
    const phase = phaseIn(draft, phaseKey);
    return phase && withTaskAt(draft, newTask(draft, phase, title), phaseKey, phase.tasks.length);
  });
}

export function templateTaskEdit(ctx: Ctx, id: string, { revision, task }: OfDraft & { task: TaskTemplate }): Edited {
  return draftEdit(ctx, id, revision, (draft) => taskIn(draft, task.key) && withTask(draft, task));
}

export function templateTaskMove(
  ctx: Ctx,
  id: string,
  { revision, key, phaseKey, index }: OfDraft & { key: string; phaseKey: string; index: number },
): Edited {
  return draftEdit(ctx, id, revision, (draft) => {
    const task = taskIn(draft, key);
    return task && withTaskAt(draft, task, phaseKey, index);
  });
}

export function templateTaskRemove(ctx: Ctx, id: string, { revision, key }: OfDraft & { key: string }): Edited {
  return draftEdit(ctx, id, revision, (draft) => taskIn(draft, key) && withoutTask(draft, key));
}

/** What a task begins as: work of the client's, due with the last one of its phase. */
function newTask(draft: Playbook, phase: PhaseTemplate, title: string): TaskTemplate {
  const days = phase.tasks.map((each) => each.dueInBusinessDays);
  const task = { type: 'WORK' as const, side: 'CLIENT' as const };
  return {
    ...task,
    key: freshKey(title, keysOf(draft.phases.flatMap((each) => each.tasks)), 'task'),
    title,
    purpose: 'so that ',
    minutes: 30,
    visibility: 'SHARED',
    isGate: false,
    assignee: null,
    isReviewWanted: isReviewedByDefault(task),
    inputs: [],
    after: [],
    dueInBusinessDays: Math.max(0, ...days),
    documentation: '',
  };
}

/** An answer of null: what was to be changed is not there any more. */
type Change = (draft: Playbook) => Playbook | null;

function draftEdit(ctx: Ctx, id: string, revision: number, change: Change): Edited {
  return transaction(ctx, (tx) => draftChange(tx, ctx, id, revision, change));
}

function draftAdd(
  ctx: Ctx,
  id: string,
  keyed: { act: string; key: string; body: unknown },
  revision: number,
  change: Change,
): Edited {
  return transaction(ctx, async (tx) => {
    // Locked before the key is looked for: only who may edit learns that a key was used.
    await templateLock(tx, ctx, id);
    await idempotent(ctx, tx, keyed, async () => {
      await draftChange(tx, ctx, id, revision, change);
      return { subjectId: id };
    });
    return (await templateLock(tx, ctx, id)).template;
  });
}

async function draftChange(tx: Tx, ctx: Ctx, id: string, revision: number, change: Change): Promise<TemplateRow> {
  const { template, versions } = await templateLock(tx, ctx, id);
  const draft = versions.find((version) => version.state === 'DRAFT');
  if (draft?.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
  const changed = change(draftDocument.parse(draft.document));
  if (changed === null) throw new ActError('CONFLICT', { field: 'key' });
  const parsed = draftDocument.safeParse(changed);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    if (issue?.code !== 'too_big') throw new ApiError('BAD_USER_INPUT', `${field}: ${issue?.message}`);
    throw new ActError('TEMPLATE_TOO_LARGE', { field });
  }
  if (JSON.stringify(parsed.data).length > maxDocumentCharacters) throw new ActError('TEMPLATE_TOO_LARGE');
  const at = ctx.clock.now();
  const set = { document: parsed.data, revision: revision + 1, updatedAt: at, updatedBy: ctx.viewer.personId };
  await tx.update(templateVersions).set(set).where(eq(templateVersions.id, draft.id));
  // A template that projects start from keeps its name until the draft is published.
  const isNew = versions.every((version) => version.state === 'DRAFT');
  const { platform, products } = isNew ? parsed.data : template;
  const name = (isNew && parsed.data.name.trim()) || template.name;
  const row = { ...template, name, platform, products, revision: template.revision + 1, updatedAt: at };
  await tx.update(templates).set(row).where(eq(templates.id, id));
  append(tx, {
    ...ofCompany,
    kind: 'template.draftEdited',
    actorId: ctx.viewer.personId,
    subjectId: id,
    facts: { version: draft.number, revision: revision + 1 },
  });
  return row;
}

function keysOf(list: readonly { key: string }[]): string[] {
  return list.map((each) => each.key);
}
