import { Button, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Phase, Problem } from './documents.ts';
import styles from './Editor.module.css';
import { Problems } from './Problems.tsx';

type Props = {
  phase: Phase;
  problems: readonly Problem[];
  onChange: (change: Partial<Phase>, field: string) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** A stretch of the road: what it is called, and what is true at its end. */
export function PhaseEditor({ phase, problems, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <article className={styles.page}>
      <div className={styles.bar}>
        <span />
        <div className={styles.buttons}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowUp size={16} stroke={1.5} aria-hidden />}
            onClick={() => onMove(-1)}
          >
            {t('templates.phase.moveUp')}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowDown size={16} stroke={1.5} aria-hidden />}
            onClick={() => onMove(1)}
          >
            {t('templates.phase.moveDown')}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={16} stroke={1.5} aria-hidden />}
            title={phase.tasks.length > 0 ? t('templates.phase.removeHint', { count: phase.tasks.length }) : undefined}
            onClick={onRemove}
          >
            {t('templates.phase.remove')}
          </Button>
        </div>
      </div>
      <Problems problems={problems} />
      <div className={styles.fields}>
        <TextInput
          label={t('templates.phase.name')}
          value={phase.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.currentTarget.value }, 'name')}
        />
        <TextInput
          label={t('templates.phase.milestone')}
          description={t('templates.phase.milestoneHint')}
          value={phase.milestone}
          maxLength={200}
          onChange={(event) => onChange({ milestone: event.currentTarget.value }, 'milestone')}
        />
      </div>
    </article>
  );
}
