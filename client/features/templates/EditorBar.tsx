import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Editor.module.css';

type Props = {
  what: 'phase' | 'task';
  mark?: ReactNode;
  removeHint?: string | undefined;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** What can be done with a phase or a task as a whole, above its page. */
export function EditorBar({ what, mark = <span />, removeHint, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const act = (Icon: TablerIcon, label: string, onClick: () => void, title?: string) => (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon size={16} stroke={1.5} aria-hidden />}
      title={title}
      onClick={onClick}
    >
      {label}
    </Button>
  );
  return (
    <div className={styles.bar}>
      {mark}
      <div className={styles.buttons}>
        {act(IconArrowUp, t(`templates.${what}.moveUp`), () => onMove(-1))}
        {act(IconArrowDown, t(`templates.${what}.moveDown`), () => onMove(1))}
        {act(IconTrash, t(`templates.${what}.remove`), onRemove, removeHint)}
      </div>
    </div>
  );
}
