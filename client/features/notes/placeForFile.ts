import type { EditorState } from '@tiptap/pm/state';
import type { DoneFile } from './useUploads.ts';

/**
 * Where a file goes. Files that were chosen at once stand in that order, whichever was there first; the first of them
 * stands behind the block that the caret is in: what somebody is writing stays whole.
 */
export function placeForFile({ doc, selection }: EditorState, { before, behind }: DoneFile): number {
  let last: number | null = null;
  let first: number | null = null;
  doc.forEach((node, position) => {
    if (node.type.name !== 'noteFile') return;
    if (before.includes(node.attrs.fileId)) last = position + node.nodeSize;
    if (behind.includes(node.attrs.fileId)) first ??= position;
  });
  const { $to } = selection;
  return last ?? first ?? ($to.depth === 0 ? $to.pos : $to.after(1));
}
