import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import styles from './Project.module.css';

export const ProjectPerson = graphql(`
  fragment ProjectPerson on Person {
    id
    name
    isStaff
    role
    accountName
  }
`);

type Props = { people: readonly FragmentOf<typeof ProjectPerson>[]; pmId: string; viewer: Viewer };

/** Who to ask: the project manager first, then the people of the account. */
export function People({ people, pmId, viewer }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.group} aria-labelledby="people-title">
      <h2 id="people-title" className={styles.groupTitle}>
        {t(viewer.isStaff ? 'project.people.titleStaff' : 'project.people.title')}
      </h2>
      <ul className={styles.people}>
        {readFragment(ProjectPerson, people).map((person) => (
          <li key={person.id} className={styles.person}>
            <Face name={person.name} isStaff={person.isStaff} />
            <span className={styles.personWords}>
              <strong>{person.name}</strong>
              <span className={styles.faint}>{roleOf(person)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

  function roleOf(person: { id: string; accountName: string | null }): string {
    if (person.id === viewer.person.id) return t('common.you');
    if (person.id === pmId) return t(viewer.isStaff ? 'project.people.pmStaff' : 'project.people.pm');
    return person.accountName ?? viewer.company.name;
  }
}
