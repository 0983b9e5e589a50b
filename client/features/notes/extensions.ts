import { type Extensions, textblockTypeInputRule } from '@tiptap/core';
import { Heading } from '@tiptap/extension-heading';
import { Link } from '@tiptap/extension-link';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { StarterKit } from '@tiptap/starter-kit';
import { safeHref } from './links.ts';

/**
 * A link with nothing but its address. What comes from other people's clients may hold anything: an address that may
 * not be followed is shown as plain text, and `rel` and `target` are ours, whatever the document says.
 */
const SafeLink = Link.extend({
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

/** Two levels. They stand under the headings of the page, so the first is an h3; `#` and `##` make them. */
const NoteHeading = Heading.extend({
  parseHTML() {
    return ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag, index) => ({ tag, attrs: { level: index < 3 ? 1 : 2 } }));
  },
  renderHTML({ node }) {
    return [node.attrs.level === 1 ? 'h3' : 'h4', {}, 0];
  },
  addInputRules() {
    return [1, 2].map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^#{${level}}\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    );
  },
}).configure({ levels: [1, 2] });

type Words = {
  /** How a checkbox is read out. */
  checkbox: (text: string) => string;
};

/** What a note can hold. History comes from Yjs, and nothing is added by just opening a note. */
export const noteExtensions = (words: Words): Extensions => [
  StarterKit.configure({
    undoRedo: false,
    link: false,
    heading: false,
    underline: false,
    trailingNode: false,
    dropcursor: { color: 'currentColor', width: 2 },
  }),
  NoteHeading,
  SafeLink,
  TaskList,
  TaskItem.configure({
    nested: true,
    a11y: { checkboxLabel: (node) => words.checkbox(node.firstChild?.textContent ?? '') },
  }),
];
