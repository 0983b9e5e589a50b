import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import styles from '../acts/Acts.module.css';
import type { ActedTask } from '../acts/documents.ts';
import { useTaskAct } from '../acts/useTaskAct.ts';
import { candidatesQuery, delegateMutation } from './documents.ts';

type Props = { task: ActedTask; onClose: () => void };

/** Who approves one task in the viewer's place. */
export function DelegateDialog({ task, onClose }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const { data } = useQuery(candidatesQuery, { fetchPolicy: 'cache-and-network' });
  const [key] = useState(() => crypto.randomUUID());
  const [toId, setTo] = useState('');
  const people = data?.delegationCandidates ?? [];
  const options = people.map(({ id, name, role }) => ({ value: id, label: `${name}, ${t(`names.role.${role}`)}` }));

  const handleSubmit = async () => {
    const input = { toId, taskId: task.id, idempotencyKey: key };
    const done = await run(async () => {
      const { data } = await client.mutate({ mutation: delegateMutation, variables: { input } });
      return { data: data && { act: { task: data.act.delegation?.task ?? null, userErrors: data.act.userErrors } } };
    });
    if (done) onClose();
  };
  return (
    <Dialog title={t('delegation.title')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={isBusy} disabled={toId === ''}>
              {t('delegation.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <ul className={styles.consequences}>
          <li>{t('delegation.what')}</li>
          <li>{t('delegation.still')}</li>
        </ul>
        <NativeSelect
          label={t('delegation.who')}
          description={data && people.length === 0 ? t('delegation.nobody') : undefined}
          data={[{ value: '', label: t('delegation.choose') }, ...options]}
          value={toId}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
