import { type Editor, Extension } from '@tiptap/core';
import { type EditorState, NodeSelection, Plugin, Selection, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { cellOf } from './pastingInCells.ts';

/**
 * A way below a note that ends with a table or a file. The line to write in is only made when somebody goes there: made
 * by opening the note, it would be written by whoever reads, and once by each who opens it.
 */
export const endOfNote = Extension.create({
  name: 'endOfNote',
  // Before the keys of tables, which would keep the caret in its cell.
  priority: 1_000,
  addKeyboardShortcuts() {
    const toEnd = () => this.editor.isEditable && goToEnd(this.editor);
    return {
      'Ctrl-End': toEnd,
      'Meta-ArrowDown': toEnd,
      ArrowDown: () => {
        const { view, isEditable } = this.editor;
        return isEditable && isAtFoot(view) && goToEnd(this.editor);
      },
    };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          handleClick(view, _position, event) {
            const { lastChild, content } = view.state.doc;
            const last = view.nodeDOM(content.size - (lastChild?.nodeSize ?? 0));
            const isBelow = last instanceof Element && event.clientY > last.getBoundingClientRect().bottom;
            return isBelow && editor.isEditable && isClosed(view.state) && goToEnd(editor);
          },
        },
      }),
    ];
  },
});

/** Whether the caret has no place behind the last block, as with a table. */
function isClosed({ doc }: EditorState): boolean {
  const end = Selection.atEnd(doc);
  return !(end instanceof TextSelection) || cellOf(end.$to) !== null;
}

/** Goes to the last line, and makes one to write in where there is none. */
function goToEnd({ view }: Editor): boolean {
  const { state } = view;
  const { tr, schema } = state;
  const line = isClosed(state) ? schema.nodes.paragraph?.create() : null;
  if (line) tr.insert(tr.doc.content.size, line);
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  // Where the caret was there already, nothing is drawn, and the browser may have moved its own meanwhile, unread.
  view.focus();
  return true;
}

/** Whether the caret cannot go further down, and stands in a table or on a block that is no text. */
function isAtFoot(view: EditorView): boolean {
  const { selection, doc } = view.state;
  if (selection instanceof NodeSelection) return Selection.findFrom(doc.resolve(selection.to), 1) === null;
  const { $head, empty } = selection;
  if (!empty || cellOf($head) === null || !view.endOfTextblock('down')) return false;
  for (let depth = $head.depth - 1; depth > 0; depth--) {
    const node = $head.node(depth);
    const index = $head.index(depth);
    // A row has its cells beside each other: only what is below counts.
    if (node.type.spec.tableRole === 'row') continue;
    const spanned = node.type.spec.tableRole === 'table' ? Number($head.node(depth + 2).attrs.rowspan ?? 1) : 1;
    if (index + spanned < node.childCount) return false;
    if (node.type.spec.tableRole === 'table') return Selection.findFrom(doc.resolve($head.after(depth)), 1) === null;
  }
  return false;
}
