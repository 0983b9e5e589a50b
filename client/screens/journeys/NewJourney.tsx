import { useMutation, useQuery } from '@apollo/client/react';
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

const templatesQuery = graphql(`
  query JourneyTemplates {
    templates(first: 100) {
      nodes {
        id
        name
        published {
          id
        }
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
  /** `copy` or `template`, and its id; empty: nothing is there yet. */
  const [from, setFrom] = useState('');
  const { data: known } = useQuery(templatesQuery);
  const templates = (known?.templates.nodes ?? []).filter(({ published }) => published !== null);
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());

  const handleSubmit = async () => {
    if (name.trim() === '') return setFailure(t('journeyMap.nameMissing'));
    setFailure(null);
    try {
      const [kind, id = null] = from.split(' ');
      const begun = { copyOfId: kind === 'copy' ? id : null, templateId: kind === 'template' ? id : null };
      const input = { name: name.trim(), ...begun, idempotencyKey: key.current };
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
        {copies.length + templates.length > 0 && (
          <NativeSelect
            label={t('journeyMap.startsFrom')}
            value={from}
            onChange={({ currentTarget }) => {
              changed();
              setFrom(currentTarget.value);
            }}
            data={[
              { value: '', label: t('journeyMap.emptyMap') },
              ...groupOf(
                t('journeyMap.copies'),
                copies.map((one) => ({ value: `copy ${one.id}`, label: t('journeyMap.copyOf', { name: one.name }) })),
              ),
              ...groupOf(
                t('journeyMap.templates'),
                templates.map((one) => ({ value: `template ${one.id}`, label: one.name })),
              ),
            ]}
          />
        )}
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}

function groupOf<T>(group: string, items: T[]): { group: string; items: T[] }[] {
  return items.length === 0 ? [] : [{ group, items }];
}
