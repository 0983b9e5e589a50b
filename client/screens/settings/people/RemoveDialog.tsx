import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../api/graphql.ts';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';

const PersonRemoveMutation = graphql(`
  mutation PersonRemove($id: ID!) { personRemove(id: $id) { userErrors { code } } }
`);
const OpenTasksQuery = graphql(`
  query OpenTasks($id: ID!) { node(id: $id) { id ... on Person { openTaskCount } } }
`);

type Props = { person: { id: string; name: string }; onClose: () => void; onDone: () => void };

/** Names what a removal does before it is done: they are out everywhere, and what was theirs to do is not given on by itself. */
export function RemoveDialog({ person: { id, name }, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [remove] = useMutation(PersonRemoveMutation);
  const { data } = useQuery(OpenTasksQuery, { variables: { id }, fetchPolicy: 'network-only' });
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const count = (data?.node && 'openTaskCount' in data.node && data.node.openTaskCount) || 0;

  async function handleSubmit() {
    setBusy(true);
    await remove({ variables: { id } }).then(onDone, () => setFailed(true));
    setBusy(false);
  }

  return (
    <Dialog title={t('settings.people.removeTitle', { name })} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {t('settings.people.removeDone')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p>{t('settings.people.removeText', { name })}</p>
        {count > 0 && <p>{t('settings.people.removeTasks', { count, name })}</p>}
        {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
