import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnumOf, graphql } from '../../../api/graphql.ts';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';

const PersonChangeRoleMutation = graphql(`
  mutation PersonChangeRole($id: ID!, $role: Role!) {
    personChangeRole(id: $id, input: { role: $role }) { person { id role } userErrors { code } }
  }
`);

type Role = EnumOf<'Role'>;
type Props = {
  person: { id: string; name: string; role: Role };
  toRole: Role;
  onClose: () => void;
  onDone: () => void;
};

/** Names what another role does before it is done: the person is out everywhere, and comes back with it. */
export function RoleDialog({ person, toRole, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [change] = useMutation(PersonChangeRoleMutation);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const { id, name, role } = person;

  async function handleSubmit() {
    setBusy(true);
    await change({ variables: { id, role: toRole } }).then(onDone, () => setFailed(true));
    setBusy(false);
  }

  return (
    <Dialog title={t('settings.people.changeRole', { name })} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {t('settings.people.change')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p>
          {t('settings.people.changeRoleText', {
            name,
            from: t(`names.role.${role}`),
            to: t(`names.role.${toRole}`),
          })}
        </p>
        {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
