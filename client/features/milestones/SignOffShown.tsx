import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { SignOff } from './documents.ts';
import styles from './Milestones.module.css';

/** Whose name stands under it, and what is another since. */
export function SignOffShown({ signOff }: { signOff: SignOff }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { at, by, note, isOutdated, changes } = signOff;
  const name = by?.name ?? t('milestones.staff.gone');
  return (
    <>
      <p>{t('milestones.signed', { name, day: dayWords(todayOf(new Date(at)), today) })}</p>
      {note && <p className={styles.note}>{t('milestones.note', { note })}</p>}
      {isOutdated && (
        <div className={styles.care}>
          <p>{t('milestones.outdated')}</p>
          <ul className={styles.changes}>
            {changes.length === 0 && <li>{t('milestones.reworded')}</li>}
            {changes.map((change, index) => (
              <li key={change.task?.id ?? `hidden ${index}`}>{changeInWords(t, change)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function changeInWords(t: TFunction, change: SignOff['changes'][number]): string {
  const { task, signedVersion: signed, currentVersion: current, signedState, currentState } = change;
  const title = task?.title ?? t('milestones.change.hidden');
  if (currentState === null) return t('milestones.change.gone', { title });
  if (signedState === null) return t('milestones.change.added', { title });
  if (signedState !== currentState)
    return t('milestones.change.state', { title, state: t(`names.taskState.${currentState}`) });
  if (signed === null && current !== null) return t('milestones.change.newVersion', { title, current });
  if (signed !== null && current !== null && signed !== current)
    return t('milestones.change.version', { title, signed, current });
  return t('milestones.change.other', { title });
}
