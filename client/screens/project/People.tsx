import { ActionIcon } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { useViewAs } from '../../features/viewer/viewAs.ts';
import type { Viewer } from '../../features/viewer/viewer.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

export const ProjectPerson = graphql(`
  fragment ProjectPerson on Person {
    id
    name
    isStaff
    role
    accountName
    viewerCan { viewAs }
  }
`);

type Props = { project: ProjectShown; viewer: Viewer };

/** Who to ask: the project manager first, then the people of the account, then those of its agency. */
export function People({ project, viewer }: Props) {
  const { t } = useTranslation();
  const viewAs = useViewAs();
  const [failedId, setFailedId] = useState<string | null>(null);
  const people = readFragment(ProjectPerson, project.people);
  const isPartner = (id: string) => project.partners.some((partner) => partner.id === id);
  const groups = [
    { name: viewer.company.name, people: people.filter((person) => person.isStaff) },
    { name: project.account.name, people: people.filter((person) => !person.isStaff && !isPartner(person.id)) },
    { name: t('project.people.partners'), people: people.filter((person) => isPartner(person.id)) },
  ].filter((group) => group.people.length > 0);
  return (
    <section className={styles.group} aria-labelledby="people-title">
      <h2 id="people-title" className={styles.groupTitle}>
        {t(viewer.isStaff ? 'project.people.titleStaff' : 'project.people.title')}
      </h2>
      {groups.map((group) => (
        <div key={group.name} className={styles.peopleOf}>
          <h3 className={styles.faint}>{group.name}</h3>
          <ul className={styles.people}>
            {group.people.map((person) => (
              <li key={person.id} className={styles.person}>
                <Face name={person.name} isStaff={person.isStaff} />
                <span className={styles.personWords}>
                  <strong>{person.name}</strong>
                  <span className={styles.faint}>{roleOf(person)}</span>
                  {failedId === person.id && <FieldError>{t('project.people.viewAsFailed')}</FieldError>}
                </span>
                {person.viewerCan.viewAs && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    className={styles.personAct}
                    title={t('project.people.viewAs', { name: person.name })}
                    aria-label={t('project.people.viewAs', { name: person.name })}
                    onClick={() => void viewAs(person.id).then((began) => setFailedId(began ? null : person.id))}
                  >
                    <IconEye size={16} stroke={1.5} aria-hidden="true" />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {!people.some((person) => !person.isStaff) && <p className={styles.faint}>{t('project.people.nobody')}</p>}
    </section>
  );

  function roleOf(person: (typeof people)[number]): string {
    const role =
      person.id === project.pm.id
        ? t(viewer.isStaff ? 'project.people.pmStaff' : 'project.people.pm')
        : t(`names.role.${person.role}`);
    return person.id === viewer.person.id ? t('project.people.you', { role }) : role;
  }
}
