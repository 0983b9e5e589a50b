import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Road } from './documents.ts';
import type { DraftStore } from './draftStore.ts';
import styles from './Editor.module.css';
import type { Conflict } from './merge.ts';
import { taskOf, withPhase, withTask } from './road.ts';

type Props = { store: DraftStore; conflicts: readonly Conflict[]; road: Road };

const longest = 300;

/** Where two people wrote different things in the same place: one's own stands until one chooses. */
export function Conflicts({ store, conflicts, road }: Props) {
  const { t } = useTranslation();
  if (conflicts.length === 0) return null;
  return (
    <section className={styles.problems} role="alert" aria-label={t('templates.conflict.title')}>
      <strong>{t('templates.conflict.title')}</strong>
      {conflicts.map((conflict) => (
        <div key={`${conflict.taskKey} ${conflict.phaseKey} ${conflict.field}`} className={styles.section}>
          {conflict.field === 'order' ? (
            <>
              <p>{t('templates.conflict.order')}</p>
              <div className={styles.buttons}>
                <Button variant="default" size="xs" onClick={() => store.settle(conflict, null)}>
                  {t('templates.conflict.understood')}
                </Button>
              </div>
            </>
          ) : (
            <>
              <p>
                {t('templates.conflict.field', {
                  place: placeOf(conflict, road),
                  field: t(`templates.field.${conflict.field as 'title'}`),
                })}
                . {t('templates.conflict.theirs', { value: told(conflict.theirs) || t('templates.conflict.empty') })}
              </p>
              <div className={styles.buttons}>
                <Button variant="default" size="xs" onClick={() => store.settle(conflict, null)}>
                  {t('templates.conflict.keepMine')}
                </Button>
                <Button variant="default" size="xs" onClick={() => store.settle(conflict, taking(conflict))}>
                  {t('templates.conflict.takeTheirs')}
                </Button>
              </div>
            </>
          )}
        </div>
      ))}
    </section>
  );
}

function taking({ taskKey, phaseKey, field, theirs }: Conflict): (road: Road) => Road {
  const change = { [field]: theirs };
  if (taskKey !== null) return (road) => withTask(road, taskKey, change);
  if (phaseKey !== null) return (road) => withPhase(road, phaseKey, change);
  return (road) => ({ ...road, ...change });
}

function placeOf({ taskKey, phaseKey }: Conflict, road: Road): string {
  if (taskKey !== null) return taskOf(road, taskKey)?.title ?? '';
  return road.phases.find((phase) => phase.key === phaseKey)?.name ?? road.name;
}

function told(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
