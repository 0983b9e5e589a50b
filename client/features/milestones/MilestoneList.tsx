import { Button } from '@mantine/core';
import { IconCheck, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/Dialog.tsx';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { Milestone } from './documents.ts';
import styles from './Milestones.module.css';
import { RateForm } from './RateForm.tsx';
import { SignForm } from './SignForm.tsx';
import { SignOffShown } from './SignOffShown.tsx';
import { StaffRatings } from './StaffRatings.tsx';
import { scoreInWords } from './scores.ts';
import { useMilestones } from './useMilestones.ts';

type Props = { projectId: string; position: number; account: string; company: string };
type Asking = { what: 'sign' | 'rate'; id: string };

/** The milestones that are reached, or were: who signed them off, what the viewer said, and the record of all of it. */
export function MilestoneList({ projectId, position, account, company }: Props) {
  const { t } = useTranslation();
  const { milestones, readAgain } = useMilestones(projectId, position);
  const [asking, setAsking] = useState<Asking | null>(null);
  if (!milestones) return null;
  const shown = milestones.filter(({ isReached, signOff }) => isReached || signOff);
  const asked = milestones.find(({ id }) => id === asking?.id);
  const handleDone = () => {
    setAsking(null);
    void readAgain();
  };
  return (
    <section className={styles.part} aria-labelledby="milestones-title">
      <h2 id="milestones-title" className={styles.title}>
        {t('milestones.title')}
      </h2>
      {shown.length === 0 ? (
        <p className={styles.soft}>{t('milestones.none')}</p>
      ) : (
        <ol className={styles.list}>
          {shown.map((milestone) => (
            <li key={milestone.id} className={styles.item}>
              <One milestone={milestone} company={company} onAsk={(what) => setAsking({ what, id: milestone.id })} />
            </li>
          ))}
        </ol>
      )}
      <a className={styles.record} href={`/records/${projectId}`} target="_blank" rel="noreferrer">
        <IconPrinter size={16} stroke={1.5} aria-hidden />
        {t('milestones.record')}
      </a>
      <p className={styles.faint}>{t('milestones.recordHint')}</p>
      {asking?.what === 'sign' && asked && (
        <Dialog title={t('milestones.ask.sign')} onClose={() => setAsking(null)}>
          <p className={styles.lead}>
            {t('milestones.ask.signLead', { phase: asked.phase.name, milestone: asked.phase.milestone })}
          </p>
          <SignForm milestone={asked} account={account} onDone={handleDone} onStale={() => void readAgain()} />
        </Dialog>
      )}
      {asking?.what === 'rate' && asked && (
        <Dialog title={t('milestones.ask.rate', { phase: asked.phase.name })} onClose={() => setAsking(null)}>
          <RateForm milestone={asked} company={company} onDone={handleDone} />
        </Dialog>
      )}
    </section>
  );
}

type OneProps = { milestone: Milestone; company: string; onAsk: (what: Asking['what']) => void };

function One({ milestone, company, onAsk }: OneProps) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { phase, isReached, reachedAt, signOff, myRating, viewerCan, ratings, figures } = milestone;
  return (
    <>
      <div className={styles.head}>
        <IconCheck className={styles.icon} data-on={isReached || undefined} stroke={2} aria-hidden="true" />
        <strong className={styles.name}>{phase.name}</strong>
        <span className={styles.faint}>
          {reachedAt
            ? t('milestones.reached', { day: dayWords(todayOf(new Date(reachedAt)), today) })
            : t('milestones.open')}
        </span>
      </div>
      <p className={styles.soft}>{phase.milestone}</p>
      {signOff ? <SignOffShown signOff={signOff} /> : <p className={styles.faint}>{t('milestones.unsigned')}</p>}
      {myRating?.answeredAt && (
        <p className={styles.soft}>
          {myRating.score === null
            ? t('milestones.mineNone')
            : t('milestones.mine', { score: scoreInWords(t, myRating.score) })}
        </p>
      )}
      {(viewerCan.signOff || viewerCan.rate) && (
        <div className={styles.actions}>
          {viewerCan.signOff && (
            <Button size="xs" variant="default" onClick={() => onAsk('sign')}>
              {t('milestones.signOff')}
            </Button>
          )}
          {viewerCan.rate && (
            <Button size="xs" variant="default" onClick={() => onAsk('rate')}>
              {t(myRating?.answeredAt ? 'milestones.change_mine' : 'milestones.rate')}
            </Button>
          )}
        </div>
      )}
      {ratings && figures && figures.asked > 0 && (
        <StaffRatings ratings={ratings} figures={figures} company={company} />
      )}
    </>
  );
}
