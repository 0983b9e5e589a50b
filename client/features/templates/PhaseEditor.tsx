import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Phase, Problem } from './documents.ts';
import styles from './Editor.module.css';
import { EditorBar } from './EditorBar.tsx';
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
      <EditorBar
        what="phase"
        removeHint={phase.tasks.length > 0 ? t('templates.phase.removeHint', { count: phase.tasks.length }) : undefined}
        onMove={onMove}
        onRemove={onRemove}
      />
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
