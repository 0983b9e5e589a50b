import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowUp,
  IconBold,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconHeading,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPaperclip,
  IconPilcrow,
  IconQuote,
  IconSeparatorHorizontal,
  IconTable,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import type { ComponentType } from 'react';

type Icon = ComponentType<{ className?: string | undefined; stroke?: number }>;

export type Tool = {
  name: (typeof toolNames)[number];
  Icon: Icon;
  /** With `Mod` for Ctrl or Cmd. */
  keys?: string;
  isOn?: (editor: Editor) => boolean;
  can?: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
};

export const toolNames = [
  ...(['bold', 'italic', 'heading', 'bullets', 'numbers', 'tasks', 'quote', 'link', 'code', 'table', 'file'] as const),
  ...(['up', 'down', 'undo', 'redo'] as const),
] as const;

const insertTable = (editor: Editor) =>
  editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();

const allTools: readonly Tool[] = [
  {
    name: 'bold',
    Icon: IconBold,
    keys: 'Mod+B',
    isOn: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'italic',
    Icon: IconItalic,
    keys: 'Mod+I',
    isOn: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    name: 'heading',
    Icon: IconHeading,
    keys: 'Mod+Alt+1',
    isOn: (editor) => editor.isActive('heading'),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 1 }).run(),
  },
  {
    name: 'bullets',
    Icon: IconList,
    keys: 'Mod+Shift+8',
    isOn: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'numbers',
    Icon: IconListNumbers,
    keys: 'Mod+Shift+7',
    isOn: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'tasks',
    Icon: IconListCheck,
    keys: 'Mod+Shift+9',
    isOn: (editor) => editor.isActive('taskList'),
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
  },
  {
    name: 'quote',
    Icon: IconQuote,
    keys: 'Mod+Shift+B',
    isOn: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  { name: 'link', Icon: IconLink, isOn: (editor) => editor.isActive('link'), run: () => {} },
  {
    name: 'code',
    Icon: IconCode,
    keys: 'Mod+Alt+C',
    isOn: (editor) => editor.isActive('codeBlock'),
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  },
  {
    name: 'table',
    Icon: IconTable,
    isOn: (editor) => editor.isActive('table'),
    can: (editor) => !editor.isActive('table'),
    run: insertTable,
  },
  {
    name: 'file',
    Icon: IconPaperclip,
    run: () => {},
  },
  {
    name: 'up',
    Icon: IconArrowUp,
    keys: 'Alt+Shift+↑',
    can: (editor) => editor.can().moveBlock('up'),
    run: (editor) => editor.chain().focus().moveBlock('up').run(),
  },
  {
    name: 'down',
    Icon: IconArrowDown,
    keys: 'Alt+Shift+↓',
    can: (editor) => editor.can().moveBlock('down'),
    run: (editor) => editor.chain().focus().moveBlock('down').run(),
  },
  {
    name: 'undo',
    Icon: IconArrowBackUp,
    keys: 'Mod+Z',
    can: (editor) => editor.can().undo(),
    run: (editor) => editor.chain().focus().undo().run(),
  },
  {
    name: 'redo',
    Icon: IconArrowForwardUp,
    keys: 'Mod+Shift+Z',
    can: (editor) => editor.can().redo(),
    run: (editor) => editor.chain().focus().redo().run(),
  },
];

/** With a pointer blocks are dragged, and with keys they move by keys: two tools less, so that the others fit in a line. */
export const tools: readonly Tool[] = window.matchMedia('(hover: hover)').matches
  ? allTools.filter(({ name }) => name !== 'up' && name !== 'down')
  : allTools;

type Block = { id: (typeof blockIds)[number]; Icon: Icon; run: (editor: Editor) => void };
export const blockIds = [
  ...(['text', 'heading1', 'heading2', 'heading3', 'bullets', 'numbers', 'tasks'] as const),
  ...(['quote', 'code', 'table', 'rule', 'file'] as const),
] as const;

const heading = (level: 1 | 2 | 3) => (editor: Editor) => editor.chain().focus().setHeading({ level }).run();

/** What a slash offers. */
export const blocks: readonly Block[] = [
  { id: 'text', Icon: IconPilcrow, run: (editor) => editor.chain().focus().setParagraph().run() },
  { id: 'heading1', Icon: IconH1, run: heading(1) },
  { id: 'heading2', Icon: IconH2, run: heading(2) },
  { id: 'heading3', Icon: IconH3, run: heading(3) },
  { id: 'bullets', Icon: IconList, run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { id: 'numbers', Icon: IconListNumbers, run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { id: 'tasks', Icon: IconListCheck, run: (editor) => editor.chain().focus().toggleTaskList().run() },
  { id: 'quote', Icon: IconQuote, run: (editor) => editor.chain().focus().setBlockquote().run() },
  { id: 'code', Icon: IconCode, run: (editor) => editor.chain().focus().setCodeBlock().run() },
  { id: 'table', Icon: IconTable, run: insertTable },
  { id: 'rule', Icon: IconSeparatorHorizontal, run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  { id: 'file', Icon: IconPaperclip, run: () => {} },
];
