import { type Extensions, getSchema, Node, textblockTypeInputRule } from '@tiptap/core';
import { Heading } from '@tiptap/extension-heading';
import { Link } from '@tiptap/extension-link';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import type { Schema } from '@tiptap/pm/model';
import { StarterKit } from '@tiptap/starter-kit';
import { safeHref } from './links.ts';

/*
 * What a note can hold: the one schema, for the editor in the browser and for whoever reads or writes notes on the
 * server. Pure: no DOM, no Node built-ins. The browser puts its own views in the place of some parts, by name.
 */

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

/** The fragment of the shared document that holds the text: TipTap's default. */
export const fragmentName = 'default';
export const headingLevels = [1, 2, 3] as const;

/**
 * A link with nothing but its address. What comes from other people's clients may hold anything: an address that may
 * not be followed is shown as plain text, and `rel` and `target` are ours, whatever the document says.
 */
export const NoteLink = Link.extend({
  addAttributes() {
    return {
      href: {
        default: null,
        parseHTML: (element: HTMLElement) => safeHref(element.getAttribute('href')),
      },
    };
  },
  renderHTML({ HTMLAttributes }) {
    const href = safeHref(HTMLAttributes.href);
    if (href === null) return ['span', {}, 0];
    return ['a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0];
  },
}).configure({
  openOnClick: false,
  linkOnPaste: true,
  autolink: true,
  defaultProtocol: 'https',
  isAllowedUri: (url) => safeHref(url) !== null,
});

/** Three levels. They stand under the headings of the page, so the first is an h3; `#`, `##` and `###` make them. */
export const NoteHeading = Heading.extend({
  parseHTML() {
    return ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag, index) => ({
      tag,
      attrs: { level: Math.min(index + 1, 3) },
    }));
  },
  renderHTML({ node }) {
    return [['h3', 'h4'][Number(node.attrs.level) - 1] ?? 'h5', {}, 0];
  },
  addInputRules() {
    return headingLevels.map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^#{${level}}\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    );
  },
}).configure({ levels: [...headingLevels] });

/** Without widths or styles of its own: the page's CSP lets none in, and a phone is narrower than what somebody drew. */
export const NoteTable = Table.extend({
  renderHTML() {
    return ['table', {}, ['tbody', 0]];
  },
});
const cellAttributes = (own: 'td' | 'th') => ({
  addAttributes() {
    const span = (name: 'colspan' | 'rowspan') => ({
      default: 1,
      parseHTML: (element: HTMLElement) => spanOf(element.getAttribute(name)),
      renderHTML: (attributes: Record<string, unknown>) => {
        const size = spanOf(attributes[name]);
        return size > 1 ? { [name]: String(size) } : {};
      },
    });
    return { colspan: span('colspan'), rowspan: span('rowspan') };
  },
  renderHTML({ HTMLAttributes }: { HTMLAttributes: Record<string, unknown> }) {
    return [own, HTMLAttributes, 0] as [string, Record<string, unknown>, 0];
  },
});
export const NoteTableCell = TableCell.extend({ content: 'paragraph+', ...cellAttributes('td') });
export const NoteTableHeader = TableHeader.extend({ content: 'paragraph+', ...cellAttributes('th') });

/** How many cells one covers. Bounded: a span that a hostile client made up would make the browser lay out millions. */
function spanOf(value: unknown): number {
  const size = Number(value);
  return Number.isInteger(size) && size >= 1 && size <= 50 ? size : 1;
}

/** Somebody who is named: their id, and their name as it was then. */
export const NoteMention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes() {
    return {
      id: { default: null, parseHTML: (element) => element.getAttribute('data-person') },
      label: { default: '', parseHTML: (element) => element.textContent?.replace(/^@/, '') ?? '' },
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-person]' }];
  },
  renderHTML({ node }) {
    return ['span', { 'data-person': String(node.attrs.id ?? '') }, mentionText(node.attrs)];
  },
  renderText({ node }) {
    return mentionText(node.attrs);
  },
});

export function mentionText(attrs: Record<string, unknown>): string {
  return `@${String(attrs.label ?? '')}`;
}

/** An image or a file that came with the note: its id and its name. The bytes come by a link that is made anew for each reader. */
export const NoteFile = Node.create({
  name: 'noteFile',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      fileId: { default: null, parseHTML: (element) => element.getAttribute('data-file') },
      name: { default: '', parseHTML: (element) => element.textContent ?? '' },
    };
  },
  parseHTML() {
    return [{ tag: 'p[data-file]', priority: 60 }];
  },
  renderHTML({ node }) {
    return ['p', { 'data-file': String(node.attrs.fileId ?? '') }, String(node.attrs.name ?? '')];
  },
  renderText({ node }) {
    return String(node.attrs.name ?? '');
  },
});

/** The parts that the browser gives views of its own. */
export type NoteParts = { codeBlock?: Node; taskItem?: Node; mention?: Node; noteFile?: Node };

/** History comes from Yjs, and nothing is added by just opening a note. */
export function documentExtensions(parts: NoteParts = {}): Extensions {
  return [
    StarterKit.configure({
      undoRedo: false,
      link: false,
      heading: false,
      ...(parts.codeBlock ? { codeBlock: false as const } : {}),
      underline: false,
      trailingNode: false,
      dropcursor: { color: 'currentColor', width: 2 },
    }),
    NoteHeading,
    NoteLink,
    ...(parts.codeBlock ? [parts.codeBlock] : []),
    TaskList,
    parts.taskItem ?? TaskItem.configure({ nested: true }),
    NoteTable,
    TableRow,
    NoteTableCell,
    NoteTableHeader,
    parts.mention ?? NoteMention,
    parts.noteFile ?? NoteFile,
  ];
}

export function documentSchema(): Schema {
  return getSchema(documentExtensions());
}
