import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { InlineText } from '../../components/InlineEdit.tsx';
import { FieldError } from '../../components/Notice.tsx';
import styles from './Accounts.module.css';
import { type AccountShown, ExternalIdRemoveMutation, ExternalIdSetMutation } from './documents.ts';
import { Group } from './Group.tsx';

type Props = { account: AccountShown; onChanged: () => void };
type Refusal = { field: string | null; message: string };

/** What other systems call the account, edited in place by whoever may. */
export function ExternalIds({ account, onChanged }: Props) {
  const { t } = useTranslation();
  const [set] = useMutation(ExternalIdSetMutation);
  const [remove] = useMutation(ExternalIdRemoveMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const { id, revision, externalIds, viewerCan } = account;

  async function save(input: { system: string; externalId: string; replaces?: string }): Promise<Refusal | null> {
    try {
      const { data } = await set({ variables: { id, input: { revision, ...input } } });
      const refusal = data?.accountExternalIdSet.userErrors[0];
      if (!refusal) onChanged();
      return refusal ?? null;
    } catch (error) {
      return { field: null, message: t(`comments.failure.${failureOf(error)}`) };
    }
  }
  async function handleRemove(system: string, externalId: string) {
    try {
      const { data } = await remove({ variables: { id, input: { revision, system, externalId } } });
      setFailure(data?.accountExternalIdRemove.userErrors[0]?.message ?? null);
      onChanged();
    } catch (error) {
      setFailure(t(`comments.failure.${failureOf(error)}`));
    }
  }

  return (
    <Group title={t('accounts.ids.title')} none={externalIds.length === 0 && t('accounts.ids.none')}>
      <ul className={styles.plain}>
        {externalIds.map(({ system, externalId }) => (
          <li key={`${system} ${externalId}`} className={styles.externalId}>
            <span className={styles.soft}>{system}</span>
            {viewerCan.edit ? (
              <>
                <InlineText
                  label={t('accounts.ids.label', { system })}
                  value={externalId}
                  maxLength={200}
                  onSave={async (next) =>
                    (await save({ system, externalId: next, replaces: externalId }))?.message ?? null
                  }
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('accounts.ids.remove', { system, id: externalId })}
                  onClick={() => void handleRemove(system, externalId)}
                >
                  <IconX size={16} stroke={1.5} aria-hidden="true" />
                </ActionIcon>
              </>
            ) : (
              <span>{externalId}</span>
            )}
          </li>
        ))}
      </ul>
      {failure !== null && <FieldError>{failure}</FieldError>}
      {viewerCan.edit && <NewId onSave={save} />}
    </Group>
  );
}

function NewId({ onSave }: { onSave: (id: { system: string; externalId: string }) => Promise<Refusal | null> }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [system, setSystem] = useState('');
  const [externalId, setExternalId] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSaving, setSaving] = useState(false);
  if (!isOpen) {
    return (
      <Button className={styles.fit} variant="default" size="xs" onClick={() => setOpen(true)}>
        {t('accounts.ids.add')}
      </Button>
    );
  }
  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    setSaving(true);
    const refused = await onSave({ system, externalId });
    setSaving(false);
    setRefusal(refused);
    if (refused) return;
    setSystem('');
    setExternalId('');
    setOpen(false);
  }
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <form className={styles.newId} noValidate onSubmit={(event) => void handleSubmit(event)}>
      <TextInput
        label={t('accounts.ids.system')}
        placeholder={t('accounts.ids.systemHint')}
        maxLength={40}
        data-autofocus
        value={system}
        error={errorOf('system')}
        onChange={(event) => setSystem(event.currentTarget.value)}
      />
      <TextInput
        label={t('accounts.ids.id')}
        maxLength={200}
        value={externalId}
        error={errorOf('externalId')}
        onChange={(event) => setExternalId(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" size="xs" loading={isSaving}>
          {t('accounts.ids.save')}
        </Button>
        <Button variant="default" size="xs" onClick={() => setOpen(false)}>
          {t('accounts.merge.cancel')}
        </Button>
      </div>
      {refusal && refusal.field !== 'system' && refusal.field !== 'externalId' && (
        <FieldError>{refusal.message}</FieldError>
      )}
    </form>
  );
}
