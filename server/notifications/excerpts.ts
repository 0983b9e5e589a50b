import { peopleLoader } from '../accounts/queries.ts';
import { commentLoader } from '../comments/queries.ts';
import { namingLine, noteContentLoader, noteOfTaskLoader } from '../notes/queries.ts';
import { oneLine } from '../platform/oneLine.ts';
import type { Ctx } from '../platform/services.ts';
import type { InboxItemRow } from './queries.ts';

const maxExcerpt = 200;
const mention = /@\[([0-9a-f-]{36})\]/g;

/** What was said, on one line: the first words of a comment, or the line of a note that names the reader. */
export function excerptOf(ctx: Ctx, item: InboxItemRow): Promise<string | null> {
  return item.commentId === null ? ofNote(ctx, item) : ofComment(ctx, item.commentId);
}

async function ofComment(ctx: Ctx, commentId: string): Promise<string | null> {
  const comment = await commentLoader(ctx).load(commentId);
  if (!comment) return null;
  const start = comment.text.slice(0, 2 * maxExcerpt);
  const ids = [...new Set([...start.matchAll(mention)].map((match) => match[1] ?? ''))];
  const known = await Promise.all(ids.map((id) => peopleLoader(ctx).load(id)));
  const names = new Map(ids.map((id, i) => [id, known[i]?.name ?? null]));
  const text = oneLine(start.replace(mention, (_, id: string) => `@${names.get(id) ?? '…'}`)).replace(/\s+/g, ' ');
  return cut(text);
}

/**
 * What the note says now, by the reader's own right to it: whoever may not read it any more, or is no longer named there,
 * is told nothing.
 */
async function ofNote(ctx: Ctx, { reason, taskId, personId }: InboxItemRow): Promise<string | null> {
  const note = reason === 'MENTIONED' ? await noteOfTaskLoader(ctx).load(taskId) : null;
  const content = note && (await noteContentLoader(ctx).load(note.id));
  const line = content && namingLine(content, personId);
  if (!line) return null;
  // In a long line the name may stand far behind: it is begun a few words before.
  const early = line.at - maxExcerpt / 2;
  const space = early > 0 ? line.text.indexOf(' ', early) : -1;
  const start = early <= 0 ? 0 : space === -1 || space > line.at ? line.at : space;
  const text = oneLine(line.text.slice(start, start + 2 * maxExcerpt))
    .replace(/\s+/g, ' ')
    .trim();
  return cut(start > 0 ? `…${text}` : text);
}

function cut(text: string): string {
  return text.length > maxExcerpt ? `${text.slice(0, maxExcerpt - 1).trimEnd()}…` : text;
}
