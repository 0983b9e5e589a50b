import { Fragment, Slice } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import { parseMarkdown } from '../../../server/notes/document/parseMarkdown.ts';
import { pasteInCell } from './pastingInCells.ts';

/** Signs that somebody wrote Markdown: a block of it, or weight or a link within a line. */
const blocks = /^(?:#{1,6} |[-*+] |\d{1,9}[.)] |> |```|~~~|\|.*\|\s*$|- \[[ x]\] )/im;
const inline = /\*\*[^\s*][^*]*\*\*|(?<!!)\[[^\]\n]+\]\([^)\s]+\)|`[^`\n]+`/;

/** Text that is Markdown, pasted as what it says. With Shift, and in code, text stays text. */
export function pasteText(view: EditorView, event: ClipboardEvent, isPlain: boolean): boolean {
  const { clipboardData } = event;
  if (!clipboardData || view.state.selection.$from.parent.type.spec.code) return false;
  const text = clipboardData.getData('text/plain');
  if (isPlain) return pastePlain(view, text);
  if (clipboardData.getData('text/html') !== '' || !(blocks.test(text) || inline.test(text))) return false;
  const doc = view.state.schema.nodeFromJSON(parseMarkdown(text));
  // A lone paragraph goes into the line where the caret stands.
  const isOpen = doc.firstChild?.type.name === 'paragraph' && doc.lastChild?.type.name === 'paragraph';
  const slice = new Slice(doc.content, isOpen ? 1 : 0, isOpen ? 1 : 0);
  if (!pasteInCell(view, slice, false)) view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
  return true;
}

/** By a change of our own: on a paste the editor's rules would still make the signs of Markdown bold. */
function pastePlain(view: EditorView, text: string): boolean {
  const { state } = view;
  const { paragraph } = state.schema.nodes;
  if (text === '' || !paragraph) return false;
  const marks = state.selection.$from.marks();
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => paragraph.create(null, line ? state.schema.text(line, marks) : null));
  view.dispatch(state.tr.replaceSelection(new Slice(Fragment.from(lines), 1, 1)).scrollIntoView());
  return true;
}

/**
 * HTML of another program without what the page's policy would report while it is read: style sheets and handlers of
 * events. Nothing of them could run, and the note's schema drops them; but a report of each paste from a word processor
 * would hide a real one.
 */
export function quietHtml(html: string): string {
  const parts: string[] = [];
  const given = html.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '');
  let at = 0;
  for (const found of given.matchAll(/<[a-z]/gi)) {
    if (found.index < at) continue;
    const end = endOfTag(given, found.index);
    parts.push(given.slice(at, found.index), withoutHandlers(given.slice(found.index, end)));
    at = end;
  }
  return parts.join('') + given.slice(at);
}

/** Where the tag that begins here is over: a `>` within quotes is a part of it. */
function endOfTag(html: string, start: number): number {
  const mark = /=\s*(?:"[^"]*"|'[^']*')|>/g;
  mark.lastIndex = start;
  for (let found = mark.exec(html); found; found = mark.exec(html)) if (found[0] === '>') return mark.lastIndex;
  return html.length;
}

function withoutHandlers(tag: string): string {
  const attributes = /[^\s"'>/=]+\s*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/g;
  return tag.replace(attributes, (attribute) => (/^on[^=]*=/i.test(attribute) ? '' : attribute));
}
