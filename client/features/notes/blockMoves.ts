import { Extension } from '@tiptap/core';
import { Fragment, type ResolvedPos } from '@tiptap/pm/model';
import { type EditorState, NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    blockMoves: {
      /** Lets the block, or the item of a list, with the caret change places with the one before or behind it. */
      moveBlock: (direction: 'up' | 'down') => ReturnType;
    };
  }
}

const movable = new Set(['listItem', 'taskItem']);

/** How deep the block stands that moves: an item of a list, else what stands in the note itself. */
function depthOf($from: ResolvedPos): number {
  for (let depth = $from.depth; depth > 1; depth--) {
    if (movable.has($from.node(depth).type.name)) return depth;
  }
  return 1;
}

function moved(state: EditorState, tr: Transaction, direction: 'up' | 'down'): boolean {
  const { $from, from, to } = state.selection;
  const isNode = state.selection instanceof NodeSelection && $from.depth === 0;
  const depth = isNode ? 0 : depthOf($from);
  const parent = isNode ? $from.parent : $from.node(depth - 1);
  const index = isNode ? $from.index() : $from.index(depth - 1);
  const other = index + (direction === 'up' ? -1 : 1);
  if (other < 0 || other >= parent.childCount) return false;
  const start = isNode ? from : $from.before(depth);
  const block = parent.child(index);
  const neighbour = parent.child(other);
  const first = direction === 'up' ? start - neighbour.nodeSize : start;
  const pair = direction === 'up' ? [block, neighbour] : [neighbour, block];
  tr.replaceWith(first, first + block.nodeSize + neighbour.nodeSize, Fragment.from(pair));
  const by = direction === 'up' ? -neighbour.nodeSize : neighbour.nodeSize;
  if (isNode) tr.setSelection(NodeSelection.create(tr.doc, from + by));
  else tr.setSelection(TextSelection.create(tr.doc, from + by, Math.min(to + by, tr.doc.content.size)));
  tr.scrollIntoView();
  return true;
}

export const blockMoves = Extension.create({
  name: 'blockMoves',
  addCommands() {
    return {
      moveBlock:
        (direction) =>
        ({ state, tr, dispatch }) =>
          moved(state, dispatch ? tr : state.tr, direction),
    };
  },
  addKeyboardShortcuts() {
    return {
      'Alt-Shift-ArrowUp': () => this.editor.commands.moveBlock('up'),
      'Alt-Shift-ArrowDown': () => this.editor.commands.moveBlock('down'),
    };
  },
});
