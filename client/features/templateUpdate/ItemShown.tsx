import type { TFunction } from 'i18next';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { dayWords } from '../../words/format.ts';
import type { Item } from './documents.ts';
import styles from './Update.module.css';

type Props = {
  item: Item;
  company: string;
  /** Null: it cannot be taken. */
  isTaken: boolean | null;
  onTake: (isOn: boolean) => void;
};

/** One change: which task, what of it, and both wordings side by side. */
export function ItemShown({ item, company, isTaken, onTake }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const what = item.phase
    ? `${t(`templateUpdate.part.${item.part}`)} ${t('templateUpdate.inPhase', { phase: item.phase })}`
    : t(`templateUpdate.part.${item.part}`);
  const head = (
    <>
      <strong>{item.title}</strong>
      <span className={styles.soft}>{what}</span>
    </>
  );
  return (
    <li className={styles.item}>
      {isTaken === null ? (
        <div className={styles.head}>{head}</div>
      ) : (
        <label className={styles.take} htmlFor={id}>
          <input id={id} type="checkbox" checked={isTaken} onChange={(event) => onTake(event.currentTarget.checked)} />
          <span className={styles.head}>{head}</span>
        </label>
      )}
      {item.keptBecause && <p className={styles.note}>{t(`templateUpdate.kept.${item.keptBecause}`)}</p>}
      {isTaken !== null && item.isEditedHere && (
        <p className={styles.note} data-tone="care">
          {t('templateUpdate.editedHere')}
        </p>
      )}
      {item.edits.length > 0 && (
        <dl className={styles.edits}>
          {item.edits.map(({ field, from, to }) => (
            <div key={field} className={styles.edit}>
              <dt>{t(`templateUpdate.field.${field}`)}</dt>
              <dd>
                <del className={styles.from}>{said(t, field, from, company)}</del>
                <ins className={styles.to}>{said(t, field, to, company)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

type Field = Item['edits'][number]['field'];

/** A value as people say it. */
function said(t: TFunction, field: Field, value: string, company: string): string {
  if (value === '' && field === 'when') return t('templateUpdate.always');
  if (value === '' && field === 'reviewerRole') return t('templateUpdate.anybody');
  if (value === '') return t('templateUpdate.empty');
  if (field === 'reviewerRole') return t(`templates.task.reviewer${value as 'PM'}`);
  if (field === 'isGate' || field === 'isReviewWanted') return t(`templateUpdate.${value === 'true' ? 'yes' : 'no'}`);
  if (field === 'side') return t(`names.side.${value as 'CLIENT'}`, { company });
  if (field === 'dueOn') return dayWords(value, value);
  return field === 'inputs' || field === 'after' || field === 'when' ? value.split('\n').join(', ') : value;
}
