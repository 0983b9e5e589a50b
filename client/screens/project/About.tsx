import { useTranslation } from 'react-i18next';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

/** What is integrated, where, and for which shop: for both sides, edited in place by whoever may. */
export function About({ project }: { project: ProjectShown }) {
  const { t } = useTranslation();
  return (
    <section className={styles.group} aria-labelledby="about-title">
      <h2 id="about-title" className={styles.groupTitle}>
        {t('project.about.title')}
      </h2>
      <dl className={styles.about}>
        <dt>{t('project.about.products')}</dt>
        <dd>
          <EditableField project={project} field="products" />
        </dd>
        <dt>{t('project.about.platform')}</dt>
        <dd>
          <EditableField project={project} field="platform" />
        </dd>
        <dt>{t('project.about.website')}</dt>
        <dd>
          <EditableField project={project} field="website">
            {hostOf(project.account.website)}
          </EditableField>
        </dd>
        <dt>{t('project.about.pm')}</dt>
        <dd>
          <EditableField project={project} field="pm" />
        </dd>
      </dl>
    </section>
  );
}

function hostOf(website: string): string {
  return URL.parse(website)?.host ?? website;
}
