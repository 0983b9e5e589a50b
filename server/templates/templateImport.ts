import { templates } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, transaction } from '../platform/database/transaction.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { freshKey } from './draft.ts';
import { templateBegin, templateLock } from './lifecycle.ts';
import type { TemplateRow } from './queries.ts';
import { type FileProblem, readTemplateFile } from './templateFile.ts';

/** Thrown by `templateImport`: everything that keeps the file from being taken in. */
export class TemplateFileRefused extends ActError {
  constructor(readonly problems: FileProblem[]) {
    super('TEMPLATE_FILE_INVALID', { field: 'file' });
  }
}

/**
 * Takes a template in from its file. It is always a new template, and a draft: nothing of what projects start from
 * changes by a file, whoever wrote it.
 */
export async function templateImport(
  ctx: Ctx,
  { idempotencyKey, file }: { idempotencyKey: string; file: string },
): Promise<Committed<TemplateRow>> {
  if (!can(ctx.viewer, 'template.edit', null)) throw new ApiError('FORBIDDEN');
  const { document, problems } = readTemplateFile(file);
  if (problems) throw new TemplateFileRefused(problems);
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'templateImport', key: idempotencyKey, body: file }, async () => {
      const taken = (await tx.select({ key: templates.key }).from(templates)).map((row) => row.key);
      const key = taken.includes(document.key) ? freshKey(document.name, taken, 'template') : document.key;
      return { subjectId: await templateBegin(tx, ctx, { ...document, key, version: 1 }) };
    });
    return (await templateLock(tx, ctx, id)).template;
  });
}
