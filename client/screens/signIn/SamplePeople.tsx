import { UnstyledButton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../components/Face.tsx';
import { FieldError } from '../../components/Notice.tsx';
import type { SamplePerson } from './options.ts';
import styles from './SignIn.module.css';
import { useArrive } from './useArrive.ts';

type Props = { people: readonly SamplePerson[]; returnTo: string | undefined };

/** The people of the sample company; one click signs in as one of them. */
export function SamplePeople({ people, returnTo }: Props) {
  const { t } = useTranslation();
  const arrive = useArrive();
  const [busyId, setBusyId] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  async function handlePick(personId: string) {
    setBusyId(personId);
    setFailed(false);
    const answer = await arrive('/auth/sample', { personId }, returnTo);
    if (!answer.ok) setFailed(true);
    setBusyId(null);
  }

  return (
    <section className={styles.beside} aria-labelledby="sample-title">
      <h2 id="sample-title" className={styles.besideTitle}>
        {t('signIn.sampleTitle')}
      </h2>
      <p className={styles.quiet}>{t('signIn.sampleLead')}</p>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.id}>
            <UnstyledButton
              className={styles.pick}
              aria-label={t('signIn.sampleAs', { name: person.name })}
              disabled={busyId !== null}
              data-busy={busyId === person.id || undefined}
              onClick={() => handlePick(person.id)}
            >
              <Face name={person.name} isStaff={person.isStaff} />
              <span className={styles.pickWords}>
                <span className={styles.pickName}>{person.name}</span>
                <span className={styles.quiet}>
                  {person.accountName === null
                    ? t(`names.role.${person.role}`)
                    : t('signIn.sampleClient', { role: t(`names.role.${person.role}`), account: person.accountName })}
                </span>
              </span>
              <IconArrowRight className={styles.arrow} stroke={1.5} aria-hidden="true" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {hasFailed && <FieldError>{t('signIn.failed')}</FieldError>}
    </section>
  );
}
