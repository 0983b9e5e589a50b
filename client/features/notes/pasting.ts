import { Slice } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import { parseMarkdown } from '../../../server/notes/document/parseMarkdown.ts';

/** Signs that somebody wrote Markdown: a block of it, or weight or a link within a line. */
const blocks = /^(?:#{1,6} |[-*+] |\d{1,9}[.)] |> |```|~~~|\|.*\|\s*$|- \[[ x]\] )/im;
const inline = /\*\*[^\s*][^*]*\*\*|(?<!!)\[[^\]\n]+\]\([^)\s]+\)|`[^`\n]+`/;

/** Text that is Markdown, pasted as what it says. With Shift, and in code, text stays text. */
export function pasteMarkdown(view: EditorView, event: ClipboardEvent, isPlain: boolean): boolean {
  const { clipboardData } = event;
  if (!clipboardData || isPlain || view.state.selection.$from.parent.type.spec.code) return false;
  const text = clipboardData.getData('text/plain');
  if (clipboardData.getData('text/html') !== '' || !(blocks.test(text) || inline.test(text))) return false;
  const doc = view.state.schema.nodeFromJSON(parseMarkdown(text));
  // A lone paragraph goes into the line where the caret stands.
  const isOpen = doc.firstChild?.type.name === 'paragraph' && doc.lastChild?.type.name === 'paragraph';
  view.dispatch(
    view.state.tr.replaceSelection(new Slice(doc.content, isOpen ? 1 : 0, isOpen ? 1 : 0)).scrollIntoView(),
  );
  return true;
}
