import { useMutation } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { type Milestone, RateMutation } from './documents.ts';
import styles from './Milestones.module.css';
import { scores } from './scores.ts';

type Props = { milestone: Milestone; company: string; onDone: () => void };

/** One question with five answers, and room for words. */
export function RateForm({ milestone, company, onDone }: Props) {
  const { t } = useTranslation();
  const group = useId();
  const [rate, { loading }] = useMutation(RateMutation);
  const [score, setScore] = useState<number | null>(milestone.myRating?.score ?? null);
  const [words, setWords] = useState(milestone.myRating?.words ?? '');
  const [failure, setFailure] = useState<string | null>(null);

  const send = async (given: number | null, said: string) => {
    setFailure(null);
    try {
      const { data } = await rate({ variables: { id: milestone.id, input: { score: given, words: said } } });
      const refusal = data?.milestoneRate.userErrors[0];
      if (!refusal) return onDone();
      setFailure(refusal.message);
    } catch (error) {
      setFailure(t('milestones.ask.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (score === null) return setFailure(t('milestones.ask.missing'));
    void send(score, words);
  };

  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <p className={styles.soft}>{t('milestones.ask.rateAbout', { company })}</p>
      <fieldset className={styles.scores}>
        <legend>{t('milestones.ask.score')}</legend>
        {scores.map(({ score: one, word }) => (
          <label key={one} className={styles.score}>
            <input
              type="radio"
              name={group}
              value={one}
              checked={score === one}
              onChange={() => {
                setScore(one);
                setFailure(null);
              }}
            />
            <span className={styles.figure}>{one}</span>
            <span>{t(`milestones.scores.${word}`)}</span>
          </label>
        ))}
      </fieldset>
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        label={t('milestones.ask.wordsLabel')}
        description={t('milestones.ask.wordsHint')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {failure && <FieldError>{failure}</FieldError>}
      <div className={styles.actions}>
        <Button type="submit" loading={loading}>
          {t('milestones.ask.send')}
        </Button>
        <Button variant="default" disabled={loading} onClick={() => void send(null, '')}>
          {t('milestones.ask.decline')}
        </Button>
      </div>
    </form>
  );
}
