import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconCode,
  IconHeading,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
} from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { type ComponentType, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Note.module.css';

type ToolName = 'bold' | 'italic' | 'heading' | 'bullets' | 'numbers' | 'tasks' | 'link' | 'code' | 'undo' | 'redo';

type Tool = {
  name: ToolName;
  Icon: ComponentType<{ className?: string; stroke?: number }>;
  /** With `Mod` for Ctrl or Cmd. */
  keys?: string;
  isOn?: (editor: Editor) => boolean;
  can?: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
};

const tools: readonly Tool[] = [
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
  { name: 'link', Icon: IconLink, isOn: (editor) => editor.isActive('link'), run: () => {} },
  {
    name: 'code',
    Icon: IconCode,
    keys: 'Mod+Alt+C',
    isOn: (editor) => editor.isActive('codeBlock'),
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
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

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keysHere = (keys: string) =>
  isMac ? keys.replace('Mod', '⌘').replace('Alt', '⌥').replace('Shift', '⇧') : keys.replace('Mod', 'Ctrl');

type Props = { editor: Editor; isLinking: boolean; onLink: () => void };

/** One stop of the Tab key; the arrow keys go from tool to tool. */
export function NoteToolbar({ editor, isLinking, onLink }: Props) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => tools.map((tool) => ({ isOn: tool.isOn?.(now), can: tool.can?.(now) ?? true })),
  });

  const handleKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = {
      ArrowRight: current + 1,
      ArrowLeft: current - 1,
      Home: 0,
      End: tools.length - 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + tools.length) % tools.length;
    setCurrent(next);
    bar.current?.querySelectorAll('button')[next]?.focus();
  };

  return (
    <div ref={bar} className={styles.toolbar} role="toolbar" aria-label={t('notes.tools')} onKeyDown={handleKeyDown}>
      {tools.map(({ name, Icon, keys, run }, index) => {
        const isOn = name === 'link' ? isLinking || state[index]?.isOn : state[index]?.isOn;
        const isUsable = state[index]?.can ?? true;
        const label = t(`notes.tool.${name}`);
        return (
          <Tooltip
            key={name}
            withinPortal={false}
            position="bottom"
            label={keys ? t('notes.toolWithKeys', { tool: label, keys: keysHere(keys) }) : label}
          >
            <ActionIcon
              variant="subtle"
              size="md"
              className={styles.tool}
              aria-label={label}
              aria-pressed={isOn}
              aria-disabled={!isUsable}
              tabIndex={index === current ? 0 : -1}
              // The selection stays where it is: a pressed mouse button would take the focus first.
              onMouseDown={(event) => event.preventDefault()}
              onFocus={() => setCurrent(index)}
              onClick={() => {
                if (name === 'link') onLink();
                else if (isUsable) run(editor);
              }}
            >
              <Icon className={styles.icon} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </div>
  );
}
