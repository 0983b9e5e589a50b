import { useQuery } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { Skeletons } from '../../components/Skeletons.tsx';
import { clockOrDay, dayInFull, exactTime, todayOf } from '../../words/format.ts';
import styles from './Court.module.css';
import { type Court, type CourtDetailsLedger, CourtDetailsQuery } from './documents.ts';
import { Promises } from './Promises.tsx';
import { worked } from './worked.ts';

type NameOf = (court: Court) => string;
type Props = { projectId: string; nameOf: NameOf; company: string; isStaff: boolean; onClose: () => void };

/** What the bar comes from: each side's time, how it answers, which of its own dates it kept, and the latest turns. */
export function CourtDetails({ projectId, nameOf, company, isStaff, onClose }: Props) {
  const { t } = useTranslation();
  const [withInternal, setWithInternal] = useState(false);
  const { data, previousData, error, refetch } = useQuery(CourtDetailsQuery, {
    variables: { id: projectId, withInternal },
    fetchPolicy: 'cache-and-network',
  });
  const ledger = (data ?? previousData)?.project?.counted;
  return (
    <Dialog title={t('court.title')} onClose={onClose}>
      <div className={styles.details}>
        {!ledger && !error && <Skeletons rows={4} />}
        {!ledger && error && <ErrorState onRetry={() => void refetch()} />}
        {ledger && (
          <>
            <About ledger={ledger} />
            <Shares ledger={ledger} nameOf={nameOf} />
            <Promises projectId={projectId} nameOf={nameOf} />
            <Turns ledger={ledger} nameOf={nameOf} />
          </>
        )}
        {isStaff && (
          <Checkbox
            className={styles.internal}
            checked={withInternal}
            onChange={(event) => setWithInternal(event.currentTarget.checked)}
            label={t('court.details.withInternal', { company })}
            description={t('court.details.asClient')}
          />
        )}
      </div>
    </Dialog>
  );
}

function About({ ledger }: { ledger: CourtDetailsLedger }) {
  const { t } = useTranslation();
  const nobody = ledger.shares.find(({ court }) => court === 'NOBODY')?.minutes ?? 0;
  const off = t('court.span.days', { value: Math.round((nobody - ledger.idleMinutes) / 1_440) });
  const time = t('court.span.hours', { value: Math.round(ledger.minutesPerDay / 6) / 10 });
  return (
    <div className={styles.about}>
      <p>{t('court.details.about', { day: dayInFull(todayOf(new Date(ledger.since))) })}</p>
      <p>{t('court.details.day', { time, off })}</p>
      <p>{t('court.details.answers')}</p>
    </div>
  );
}

type PartProps = { ledger: CourtDetailsLedger; nameOf: NameOf };

function Shares({ ledger, nameOf }: PartProps) {
  const { t } = useTranslation();
  const nothing = t('court.details.nothing');
  const timeOf = (minutes: number) => (minutes === 0 ? nothing : worked(t, minutes, ledger.minutesPerDay));
  const of = (part: number, whole: number) => (whole === 0 ? nothing : t('court.details.of', { part, whole }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard
    <section className={styles.scroll} aria-label={t('court.details.table')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('court.details.side')}</th>
            <th scope="col">{t('court.details.time')}</th>
            <th scope="col">{t('court.details.promised')}</th>
            <th scope="col">{t('court.details.inTime')}</th>
            <th scope="col">{t('court.details.days')}</th>
          </tr>
        </thead>
        <tbody>
          {ledger.shares.map((share) => (
            <tr key={share.court} data-court={share.court}>
              <th scope="row">
                <span className={styles.mark} aria-hidden="true" />
                {nameOf(share.court)}
              </th>
              <td>{timeOf(share.court === 'NOBODY' ? ledger.idleMinutes : share.minutes)}</td>
              <td>{share.answerHours === null ? nothing : t('court.details.hours', { count: share.answerHours })}</td>
              <td>{of(share.answersInTime, share.answers)}</td>
              <td>{of(share.daysKept, share.daysKept + share.daysMissed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Turns({ ledger, nameOf }: PartProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { nodes } = ledger.turns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard
    <section className={styles.scroll} aria-label={t('court.details.turns')} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('court.details.turns')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('court.details.from')}</th>
            <th scope="col" data-words="true">
              {t('court.details.side')}
            </th>
            <th scope="col">{t('court.details.time')}</th>
            <th scope="col" data-words="true">
              {t('court.details.task')}
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((turn) => (
            <tr key={turn.from} data-court={turn.court}>
              <td>
                <time dateTime={turn.from} title={exactTime(new Date(turn.from))}>
                  {clockOrDay(new Date(turn.from), now)}
                </time>
              </td>
              <td data-words="true">{nameOf(turn.court)}</td>
              <td>
                {turn.court === 'NOBODY' ? t('court.details.nothing') : worked(t, turn.minutes, ledger.minutesPerDay)}
              </td>
              <td data-words="true">
                {turn.task ? (
                  <Link to="/tasks/$taskId" params={{ taskId: turn.task.id }}>
                    {turn.task.title}
                  </Link>
                ) : (
                  t(turn.court === 'NOBODY' ? 'court.details.noTask' : 'court.details.hiddenTask')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
