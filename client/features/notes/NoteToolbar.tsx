import { ActionIcon, Tooltip } from '@mantine/core';
import { type Editor, useEditorState } from '@tiptap/react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Note.module.css';
import { tools } from './tools.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keysHere = (keys: string) =>
  isMac ? keys.replace('Mod', '⌘').replace('Alt', '⌥').replace('Shift', '⇧') : keys.replace('Mod', 'Ctrl');

/** Two that belong together stay in one row, however narrow it is. */
const groups = tools.reduce<(typeof tools)[number][][]>((all, tool) => {
  const isSecond = tool.name === 'down' || tool.name === 'redo';
  if (isSecond) all.at(-1)?.push(tool);
  else all.push([tool]);
  return all;
}, []);
const indexOf = new Map(tools.map(({ name }, index) => [name, index]));

type Props = { editor: Editor; isLinking: boolean; onLink: () => void; onFile: () => void };

/** One stop of the Tab key; the arrow keys go from tool to tool. */
export function NoteToolbar({ editor, isLinking, onLink, onFile }: Props) {
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
      {groups.map((group) => (
        <div key={group[0]?.name} className={styles.pair}>
          {group.map(({ name, Icon, keys, run }) => {
            const index = indexOf.get(name) ?? 0;
            const isOn = name === 'link' ? isLinking || state[index]?.isOn : state[index]?.isOn;
            const isUsable = state[index]?.can ?? true;
            const label = t(`notes.tool.${name}`);
            return (
              <Tooltip
                key={name}
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
                    else if (name === 'file') onFile();
                    else if (isUsable) run(editor);
                  }}
                >
                  <Icon className={styles.icon} stroke={1.5} />
                </ActionIcon>
              </Tooltip>
            );
          })}
        </div>
      ))}
    </div>
  );
}
