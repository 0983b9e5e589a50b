import { useApolloClient } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { ownZone } from '../../words/format.ts';
import { meetingProposeMutation } from './acts.ts';
import type { Place } from './deliveries.ts';
import { FormActions } from './FormActions.tsx';
import styles from './Inputs.module.css';
import { useAct } from './useAct.ts';

const maxTimes = 5;

type Props = {
  place: Place;
  revision: number | null;
  /** Another time than the one agreed on: to say that it took place stays the main action. */
  isAgreed: boolean;
  onDone: () => void;
  onCancel: (() => void) | null;
};

/** Up to five times, typed in one's own zone. */
export function ProposeTimes({ place, revision, isAgreed, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [times, setTimes] = useState<{ id: number; value: string }[]>([{ id: 0, value: '' }]);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const next = useRef(1);

  const handleChange = (id: number, value: string) => {
    setTimes((now) => now.map((one) => (one.id === id ? { id, value } : one)));
    setProblem(null);
    key.current = crypto.randomUUID();
  };
  const handleAdd = () => {
    const id = next.current;
    next.current += 1;
    setTimes((now) => [...now, { id, value: '' }]);
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const moments = times.filter((one) => one.value !== '').map((one) => new Date(one.value));
    const isGood = moments.length > 0 && moments.every((moment) => moment.getTime() > Date.now());
    if (!isGood) return setProblem(t('inputs.meeting.invalid', { max: maxTimes }));
    const refused = await run(async () => {
      const isoTimes = moments.map((moment) => moment.toISOString());
      const input = { inputId: place.inputId, idempotencyKey: key.current, revision, times: isoTimes };
      const { data } = await client.mutate({ mutation: meetingProposeMutation, variables: { input } });
      return data?.meetingPropose.userErrors[0];
    });
    if (!refused) return onDone();
    if (refused.code !== 'TROUBLE') key.current = crypto.randomUUID();
    const isStale = refused.code === 'CONFLICT';
    setProblem(isStale ? t('inputs.meeting.conflict') : t('inputs.meeting.failed', { reason: refused.message }));
  };

  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <p className={styles.soft}>
        {t('inputs.meeting.nothingMine', { max: maxTimes })} {t('inputs.meeting.yourZone', { zone: ownZone() })}
      </p>
      {times.map((time, index) => (
        <div key={time.id} className={styles.timeRow}>
          <TextInput
            type="datetime-local"
            label={t('inputs.meeting.time', { number: index + 1 })}
            value={time.value}
            onChange={(event) => handleChange(time.id, event.currentTarget.value)}
          />
          {times.length > 1 && (
            <Button
              variant="default"
              onClick={() => setTimes((now) => now.filter((one) => one.id !== time.id))}
              aria-label={t('inputs.meeting.remove', { number: index + 1 })}
            >
              <IconX size={16} stroke={1.5} aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {problem && <FieldError>{problem}</FieldError>}
      <FormActions submit={t('inputs.meeting.propose')} isBusy={isBusy} isAside={isAgreed} onCancel={onCancel}>
        {times.length < maxTimes && (
          <Button variant="default" onClick={handleAdd} leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}>
            {t('inputs.meeting.add')}
          </Button>
        )}
      </FormActions>
    </form>
  );
}
