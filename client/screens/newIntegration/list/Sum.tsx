import { useTranslation } from 'react-i18next';
import styles from './List.module.css';
import type { Row, RowState, statesOf } from './rows.ts';

type Props = {
  rows: readonly Row[];
  states: ReturnType<typeof statesOf>;
  unreadable: readonly number[];
  isLooking: boolean;
};

/** What the list comes to before anything is made, and what became of it afterwards. */
export function Sum({ rows, states, unreadable, isLooking }: Props) {
  const { t } = useTranslation();
  const of = (...wanted: RowState[]) =>
    rows.filter(({ number }) => wanted.includes(states.get(number)?.state ?? 'unplanned'));
  const ready = of('ready');
  const fresh = ready.filter(({ plan }) => plan?.account === null).length;
  const mails = ready.filter(({ plan }) => plan?.contact).length;
  const made = rows.filter(({ result }) => result?.isMade).length;
  const invited = rows.filter(({ result }) => result?.invited).length;
  const uninvited = of('uninvited').length;
  const lines = [
    made > 0 && t('newIntegration.list.sum.made', { count: made }),
    invited > 0 && t('newIntegration.list.sum.invited', { count: invited }),
    uninvited > 0 && t('newIntegration.list.sum.uninvited', { count: uninvited }),
    ready.length > 0 && t('newIntegration.list.sum.ready', { count: ready.length }),
    fresh > 0 && t('newIntegration.list.sum.fresh', { count: fresh }),
    ready.length > fresh && t('newIntegration.list.sum.known', { count: ready.length - fresh }),
    mails > 0 && t('newIntegration.list.sum.mails', { count: mails }),
    mails > manyMails && t('newIntegration.list.sum.manyMails'),
    of('mend').length > 0 && t('newIntegration.list.sum.mend', { count: of('mend').length }),
    of('same').length > 0 && t('newIntegration.list.sum.same', { count: of('same').length }),
    of('stands').length > 0 && t('newIntegration.list.sum.stands', { count: of('stands').length }),
    unreadable.length > 0 &&
      t('newIntegration.list.sum.unreadable', { count: unreadable.length, lines: unreadable.slice(0, 10).join(', ') }),
  ].flatMap((line) => (line === false ? [] : [String(line)]));
  return (
    <section className={styles.sum} aria-labelledby="list-sum" aria-busy={isLooking}>
      <h2 id="list-sum" className={styles.heading}>
        {t('newIntegration.list.sum.title', { count: rows.length })}
      </h2>
      <div role="status">
        <ul className={styles.bullets}>
          {isLooking && <li>{t('newIntegration.list.looking')}</li>}
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** From here on it is said that not all go at once. */
const manyMails = 40;
