import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc, Said } from './useJourney.ts';

const peopleQuery = graphql(`
  query JourneyPeople {
    company {
      people {
        id
        name
      }
    }
  }
`);

type Props = { doc: JourneyDoc; gapKey: string; decision: 'PLANNED' | 'ACCEPTED'; onClose: () => void };

/** Who closes a gap, by when and for what; or why it stays as it is. */
export function Decide({ doc, gapKey, decision, onClose }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(peopleQuery, { skip: decision === 'ACCEPTED' });
  const [ownerId, setOwnerId] = useState(doc.me.id);
  const [dueOn, setDueOn] = useState('');
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const isPlan = decision === 'PLANNED';
  const people = data?.company.people ?? [doc.me];

  const handleSubmit = async () => {
    const said: Said = isPlan
      ? { decision, ownerId, dueOn: dueOn || null, effect: text.trim() }
      : { decision, reason: text.trim() };
    const refusal = await doc.decide(gapKey, said).catch(() => t('journeyMap.failed'));
    if (refusal === null) onClose();
    else setFailure(refusal);
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void handleSubmit();
      }}
    >
      {isPlan && (
        <div className={styles.pair}>
          <NativeSelect
            size="xs"
            label={t('journeyMap.gaps.owner')}
            autoFocus
            value={ownerId}
            onChange={({ currentTarget }) => setOwnerId(currentTarget.value)}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextInput
            size="xs"
            type="date"
            label={t('journeyMap.gaps.due')}
            value={dueOn}
            onChange={({ currentTarget }) => setDueOn(currentTarget.value)}
          />
        </div>
      )}
      <TextInput
        size="xs"
        label={isPlan ? t('journeyMap.gaps.effect') : t('journeyMap.gaps.reason')}
        autoFocus={!isPlan}
        value={text}
        maxLength={500}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {failure && <FieldError>{failure}</FieldError>}
      <div className={styles.buttons}>
        <Button type="submit" size="compact-sm">
          {t('journeyMap.gaps.save')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
