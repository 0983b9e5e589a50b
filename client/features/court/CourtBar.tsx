import { useQuery } from '@apollo/client/react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskedAgain } from '../../components/useAskedAgain.ts';
import styles from './Court.module.css';
import { type Court, type CourtBarLedger, CourtBarQuery } from './documents.ts';
import { worked } from './worked.ts';

/** Few look behind the bar. */
const CourtDetails = lazy(async () => ({ default: (await import('./CourtDetails.tsx')).CourtDetails }));

type Props = {
  projectId: string;
  /** Of the project's log, as the screen knows it: another one asks anew, once in a while. */
  position: number;
  account: string;
  company: string;
  isStaff: boolean;
};

/** Whose turn it has been as one quiet bar, the same for both sides; behind it the table that it comes from. */
export function CourtBar({ projectId, position, account, company, isStaff }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data, previousData, refetch } = useQuery(CourtBarQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  useAskedAgain(position, refetch, 60_000);
  const ledger = (data ?? previousData)?.project?.courtLedger;
  if (!ledger) return null;

  const client = isStaff ? account : t('court.you');
  const nameOf = (court: Court) => (court === 'CLIENT' ? client : t(`names.court.${court}`, { company }));
  const parts = partsOf(ledger).map(({ court, minutes }) => {
    return {
      court,
      minutes,
      words: t('court.part', { whose: nameOf(court), time: worked(t, minutes, ledger.minutesPerDay) }),
    };
  });
  return (
    <section className={styles.court} aria-labelledby="court-title">
      <h2 id="court-title" className={styles.title}>
        {t('court.title')}
      </h2>
      {parts.length === 0 ? (
        <p className={styles.soft}>{t('court.none')}</p>
      ) : (
        <>
          <div className={styles.bar} aria-hidden="true">
            {parts.map(({ court, minutes }) => (
              <span key={court} className={styles.part} data-court={court} style={{ flexGrow: minutes }} />
            ))}
          </div>
          <ul className={styles.legend}>
            {parts.map(({ court, words }) => (
              <li key={court} data-court={court}>
                <span className={styles.mark} aria-hidden="true" />
                {words}
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" className={styles.more} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {t('court.show')}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <CourtDetails {...{ projectId, nameOf, company, isStaff }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** Nobody's are only those minutes in which somebody could have been at work: nights would hide all else. */
function partsOf({ shares, idleMinutes }: CourtBarLedger): { court: Court; minutes: number }[] {
  return shares
    .map(({ court, minutes }) => ({ court, minutes: court === 'NOBODY' ? idleMinutes : minutes }))
    .filter(({ minutes }) => minutes > 0);
}
