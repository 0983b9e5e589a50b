import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { HealthFacts } from './documents.ts';
import styles from './Health.module.css';
import { OverrideForm } from './OverrideForm.tsx';

type Props = { project: FragmentOf<typeof HealthFacts>; onDone: () => void };

/** Every reason as a sentence with the task that shows it, and what was set by hand. */
export function HealthDetails({ project, onDone }: Props) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const today = todayOf(useNow());
  const { id, health } = readFragment(HealthFacts, project);
  if (!health) return null;
  const { override, reasons } = health;
  return (
    <div className={styles.details}>
      <HealthBadge health={health.state} />
      {override && (
        <div className={styles.said}>
          <p>
            {t('health.override.said', {
              name: override.by?.name ?? t('common.somebody'),
              day: dayWords(override.expiresOn, today),
            })}
          </p>
          <p className={styles.reason}>{override.reason}</p>
          <p className={styles.soft}>
            {t('health.override.computed', { health: t(`names.health.${health.computed}`) })}
          </p>
        </div>
      )}
      {reasons.length === 0 && !override && <p className={styles.soft}>{t('health.fine')}</p>}
      {reasons.length > 0 && (
        <ul className={styles.reasons}>
          {reasons.map(({ code, count, days, on, task }) => (
            <li key={code}>
              {t(`health.long.${code}`, {
                count: (code === 'GATE_LATE' ? days : count) ?? 0,
                day: on ? dayWords(on, today) : '',
              })}
              {task && (
                <Link to="/tasks/$taskId" params={{ taskId: task.id }} className={styles.task}>
                  {task.title}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      {health.viewerCanOverride && !isEditing && (
        <Button variant="default" size="xs" onClick={() => setEditing(true)}>
          {override ? t('health.override.change') : t('health.override.open')}
        </Button>
      )}
      {isEditing && <OverrideForm projectId={id} health={health} onDone={onDone} />}
    </div>
  );
}
