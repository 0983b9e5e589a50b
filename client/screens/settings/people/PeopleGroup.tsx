import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnumOf, type FragmentOf, readFragment } from '../../../api/graphql.ts';
import { LetterTile } from '../../../components/Face.tsx';
import { InvitationRow, PersonRow } from './fragments.ts';
import { InvitationItem } from './InvitationItem.tsx';
import { InviteDialog, type Place } from './InviteDialog.tsx';
import styles from './People.module.css';
import { PersonItem } from './PersonItem.tsx';

type Props = {
  place: Place;
  title: string;
  /** Said where nobody is. */
  empty?: string;
  people: readonly (FragmentOf<typeof PersonRow> & { id?: string })[];
  invitations: readonly FragmentOf<typeof InvitationRow>[];
  /** The roles that the viewer may invite somebody to here; without any there is no button. */
  roles: readonly EnumOf<'Role'>[];
  onChanged: () => void;
  /** What stands under a person's name, where there is more to say. */
  below?: (personId: string) => ReactNode;
};

/** The people of one place, who is invited to it, and the way to invite somebody. */
export function PeopleGroup({ place, title, empty, people, invitations, roles, onChanged, below }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isInviting, setInviting] = useState(false);
  const persons = readFragment(PersonRow, people);
  const invited = readFragment(InvitationRow, invitations);
  const isEmpty = persons.length === 0 && invited.length === 0;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <header className={styles.groupHead}>
        {place.kind === 'account' && <LetterTile name={title} />}
        <h2 id={id} className={styles.groupTitle}>
          {title}
        </h2>
        {roles.length > 0 && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconUserPlus size={16} stroke={1.5} aria-hidden="true" />}
            aria-label={t('settings.people.inviteTo', { place: title })}
            onClick={() => setInviting(true)}
          >
            {t('settings.people.invite')}
          </Button>
        )}
      </header>
      {isEmpty && empty && <p className={styles.quiet}>{empty}</p>}
      <ul className={styles.rows}>
        {persons.map((person) => (
          <PersonItem key={person.id} person={person} onChanged={onChanged}>
            {below?.(person.id)}
          </PersonItem>
        ))}
        {invited.map((invitation) => (
          <InvitationItem
            key={invitation.id}
            invitation={invitation}
            mayAct={roles.includes(invitation.role)}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {isInviting && (
        <InviteDialog
          place={place}
          roles={roles}
          onClose={() => setInviting(false)}
          onInvited={() => {
            setInviting(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
