import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { emptyInvitee, type Invitee, inviteRoles } from './draft.ts';
import { Field } from './Field.tsx';
import styles from './NewIntegration.module.css';

type Props = { people: readonly Invitee[]; onChange: (people: Invitee[]) => void };

/** Who is invited, a line each; a line that is left empty invites nobody. */
export function PeopleFields({ people, onChange }: Props) {
  const { t } = useTranslation();
  const change = (key: string, changes: Partial<Invitee>) =>
    onChange(people.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  return (
    <div className={styles.people}>
      {people.map((person, index) => (
        <fieldset key={person.key} className={styles.person}>
          <legend className={styles.hidden}>{t('newIntegration.people.one', { number: index + 1 })}</legend>
          <label className={styles.field}>
            <span className={styles.label}>{t('newIntegration.people.email')}</span>
            <input
              className={styles.input}
              type="email"
              autoComplete="off"
              maxLength={254}
              value={person.email}
              onChange={(event) => change(person.key, { email: event.currentTarget.value })}
            />
          </label>
          <label className={styles.field}>
            <span className={styles.label}>{t('newIntegration.people.name')}</span>
            <input
              className={styles.input}
              autoComplete="off"
              maxLength={120}
              value={person.name}
              onChange={(event) => change(person.key, { name: event.currentTarget.value })}
            />
          </label>
          <Field label={t('newIntegration.people.role')}>
            {(ids) => (
              <NativeSelect
                {...ids}
                classNames={{ input: styles.input }}
                value={person.role}
                onChange={(event) => change(person.key, { role: event.currentTarget.value as Invitee['role'] })}
              >
                {inviteRoles.map((role) => (
                  <option key={role} value={role}>
                    {t(`names.role.${role}`)}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          {people.length > 1 && (
            <ActionIcon
              className={styles.remove}
              variant="subtle"
              color="gray"
              aria-label={t('newIntegration.people.remove', {
                name: person.name || person.email || t('newIntegration.people.one', { number: index + 1 }),
              })}
              onClick={() => onChange(people.filter((one) => one.key !== person.key))}
            >
              <IconX size={16} stroke={1.5} aria-hidden="true" />
            </ActionIcon>
          )}
        </fieldset>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
        onClick={() => onChange([...people, emptyInvitee(people.length === 0 ? 'CLIENT_LEAD' : 'CLIENT_MEMBER')])}
      >
        {t('newIntegration.people.add')}
      </Button>
    </div>
  );
}
