import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import styles from './Inputs.module.css';
import { type Refusal, useAct } from './useAct.ts';

type Props = {
  label: string;
  question: string;
  yes: string;
  /** What is said when it was refused. */
  sayRefused: (reason: string) => string;
  onYes: () => Promise<Refusal | undefined>;
};

/** An act that cannot be taken back: the button asks once more in its place. */
export function SureButton({ label, question, yes, sayRefused, onYes }: Props) {
  const { t } = useTranslation();
  const { isBusy, run } = useAct();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const handleYes = async () => {
    const refused = await run(onYes);
    setProblem(refused && sayRefused(refused.message));
    if (!refused) setAsking(false);
  };
  if (!isAsking) {
    return (
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div className={styles.sure} role="alertdialog" aria-label={label}>
      <p>{question}</p>
      <div className={styles.actions}>
        <Button size="xs" color="bad" loading={isBusy} onClick={handleYes} autoFocus>
          {yes}
        </Button>
        <Button variant="default" size="xs" onClick={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
      </div>
      {problem && <FieldError>{problem}</FieldError>}
    </div>
  );
}
