import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Milestones.module.css';
import { RateForm } from './RateForm.tsx';
import { SignForm } from './SignForm.tsx';
import { useMilestones } from './useMilestones.ts';

type Props = { projectId: string; position: number; account: string; company: string };

/** What the viewer is asked about milestones, one question at a time: to sign one off, and how it went. */
export function MilestoneAsk({ projectId, position, account, company }: Props) {
  const { t } = useTranslation();
  const { milestones, readAgain } = useMilestones(projectId, position);
  const [thanks, setThanks] = useState<'thanks' | 'signedThanks' | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The form that had the focus is gone: it goes to what came of it.
    if (thanks) said.current?.focus();
  }, [thanks]);
  const signing = milestones?.find(({ viewerCan }) => viewerCan.signOff);
  const rating = milestones?.find(({ viewerCan, myRating }) => viewerCan.rate && myRating?.answeredAt === null);
  const asked = signing ?? rating;
  if (!asked && !thanks) return null;
  const { name: phase = '', milestone = '' } = asked?.phase ?? {};
  const handleDone = (words: 'thanks' | 'signedThanks') => {
    setThanks(words);
    void readAgain();
  };
  return (
    <section className={styles.card} aria-labelledby="milestone-ask" data-quiet={asked ? undefined : true}>
      {thanks && (
        <p ref={said} tabIndex={-1} className={styles.thanks} role="status">
          {t(`milestones.ask.${thanks}`)}
        </p>
      )}
      <h2 id="milestone-ask" className={asked ? styles.cardTitle : styles.hidden}>
        {signing ? t('milestones.ask.sign') : rating ? t('milestones.ask.rate', { phase }) : t('milestones.title')}
      </h2>
      {signing && (
        <>
          <p className={styles.lead}>{t('milestones.ask.signLead', { phase, milestone })}</p>
          <SignForm
            key={signing.id}
            milestone={signing}
            account={account}
            onDone={() => handleDone('signedThanks')}
            onStale={() => void readAgain()}
          />
        </>
      )}
      {!signing && rating && (
        <RateForm key={rating.id} milestone={rating} company={company} onDone={() => handleDone('thanks')} />
      )}
    </section>
  );
}
