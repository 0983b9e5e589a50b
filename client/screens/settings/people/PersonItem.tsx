import { useMutation } from '@apollo/client/react';
import { ActionIcon, Menu, NativeSelect } from '@mantine/core';
import { IconDots, IconEye, IconUserMinus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnumOf, graphql, type ResultOf } from '../../../api/graphql.ts';
import { Face } from '../../../components/Face.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import { useUndo } from '../../../components/UndoToast.tsx';
import { useViewAs } from '../../../features/viewer/viewAs.ts';
import { useViewer } from '../../../features/viewer/viewer.ts';
import type { PersonRow } from './fragments.ts';
import styles from './People.module.css';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RoleDialog } from './RoleDialog.tsx';

const PersonRestoreMutation = graphql(`
  mutation PersonRestore($id: ID!) { personRestore(id: $id) { userErrors { code } } }
`);
type Props = { person: ResultOf<typeof PersonRow>; onChanged: () => void; children?: ReactNode };

/** Somebody who is here: who, as what, since when last, and what may be done. */
export function PersonItem({ person, onChanged, children }: Props) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const offerUndo = useUndo();
  const [restore] = useMutation(PersonRestoreMutation);
  const viewAs = useViewAs();
  const [toRole, setToRole] = useState<EnumOf<'Role'> | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const { id, name, email, lastSeenAt, viewerCan } = person;
  const hasMenu = viewerCan.remove || viewerCan.viewAs;

  function handleRemoved() {
    setRemoving(false);
    onChanged();
    offerUndo(t('settings.people.removed', { name }), async () => {
      const { data } = await restore({ variables: { id } });
      onChanged();
      return data?.personRestore.userErrors.length === 0 ? null : t('settings.people.restoreFailed');
    });
  }

  async function handleViewAs() {
    setFailed(false);
    if (!(await viewAs(id))) setFailed(true);
  }

  return (
    <li className={styles.row}>
      <Face name={name} isStaff={person.isStaff} />
      <div className={styles.who}>
        <span className={styles.name}>
          {name} {id === viewer.person.id && <span className={styles.quiet}>({t('settings.people.you')})</span>}
        </span>
        {email && <span className={styles.email}>{email}</span>}
        {children}
        {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
      </div>
      <span className={styles.seen}>
        {lastSeenAt ? (
          <>
            {t('settings.people.lastSeen')} <RelativeTime at={lastSeenAt} />
          </>
        ) : (
          email && t('settings.people.neverSeen')
        )}
      </span>
      <div className={styles.role}>
        {viewerCan.giveRoles.length > 0 ? (
          <NativeSelect
            size="xs"
            aria-label={t('settings.people.roleOf', { name })}
            value={person.role}
            onChange={(event) => setToRole(event.currentTarget.value as EnumOf<'Role'>)}
            data={[person.role, ...viewerCan.giveRoles].map((role) => ({
              value: role,
              label: t(`names.role.${role}`),
            }))}
          />
        ) : (
          <span>{t(`names.role.${person.role}`)}</span>
        )}
      </div>
      <div className={styles.more}>
        {hasMenu && (
          <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('settings.people.actions', { name })}>
                <IconDots size={16} stroke={1.5} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {viewerCan.viewAs && (
                <Menu.Item
                  leftSection={<IconEye size={16} stroke={1.5} aria-hidden="true" />}
                  onClick={() => void handleViewAs()}
                >
                  {t('settings.people.viewAs', { name })}
                </Menu.Item>
              )}
              {viewerCan.remove && (
                <Menu.Item
                  leftSection={<IconUserMinus size={16} stroke={1.5} aria-hidden="true" />}
                  onClick={() => setRemoving(true)}
                >
                  {t('settings.people.remove', { name })}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {isRemoving && <RemoveDialog person={person} onClose={() => setRemoving(false)} onDone={handleRemoved} />}
      {toRole && toRole !== person.role && (
        <RoleDialog
          person={person}
          toRole={toRole}
          onClose={() => setToRole(null)}
          onDone={() => {
            setToRole(null);
            onChanged();
          }}
        />
      )}
    </li>
  );
}
