import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';

const createMutation = graphql(`
  mutation JourneyCreate($input: JourneyCreateInput!) {
    journeyCreate(input: $input) {
      journey {
        id
        name
      }
      userErrors {
        message
      }
    }
  }
`);

type Props = { copies: readonly { id: string; name: string }[]; onClose: () => void };

/** What a new journey is called, and what its map begins with. It opens at once. */
export function NewJourney({ copies, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [create, { loading }] = useMutation(createMutation);
  const [name, setName] = useState('');
  const [copyOfId, setCopyOfId] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());

  const handleSubmit = async () => {
    if (name.trim() === '') return setFailure(t('journeyMap.nameMissing'));
    setFailure(null);
    try {
      const input = { name: name.trim(), copyOfId: copyOfId || null, idempotencyKey: key.current };
      const { data } = await create({ variables: { input } });
      const refusal = data?.journeyCreate.userErrors[0];
      if (refusal) setFailure(refusal.message);
      const made = data?.journeyCreate.journey;
      if (made) await navigate({ to: '/journeys/$journeyId', params: { journeyId: made.id } });
    } catch {
      setFailure(t('journeyMap.failed'));
    }
  };
  const changed = () => {
    key.current = crypto.randomUUID();
  };

  return (
    <Dialog title={t('journeyMap.newTitle')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={loading}>
              {t('journeyMap.create')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('journeyMap.name')}
          placeholder={t('journeyMap.namePlaceholder')}
          value={name}
          maxLength={120}
          onChange={({ currentTarget }) => {
            changed();
            setName(currentTarget.value);
          }}
        />
        {copies.length > 0 && (
          <NativeSelect
            label={t('journeyMap.startsFrom')}
            value={copyOfId}
            onChange={({ currentTarget }) => {
              changed();
              setCopyOfId(currentTarget.value);
            }}
            data={[
              { value: '', label: t('journeyMap.emptyMap') },
              ...copies.map((copy) => ({ value: copy.id, label: t('journeyMap.copyOf', { name: copy.name }) })),
            ]}
          />
        )}
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
