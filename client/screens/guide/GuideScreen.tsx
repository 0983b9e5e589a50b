import { useQuery } from '@apollo/client/react';
import { SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import guide from '../../words/en/guide.md?raw';
import { filled, type Language, sectionsOf } from './fill.ts';
import styles from './Guide.module.css';

const MarkdownText = lazy(() =>
  import('../../components/Markdown.tsx').then((loaded) => ({ default: loaded.MarkdownText })),
);

const GuideQuery = graphql(`
  query Guide {
    projects(first: 1) { nodes { id nextStep { id } } }
  }
`);

/** Something in the place of an id, for whoever sees no project yet. */
const unknownId = '00000000-0000-0000-0000-000000000000';

/** How programs use Slipway, with examples that are filled in with this installation and a project of the reader's. */
export function GuideScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, loading } = useQuery(GuideQuery);
  const [language, setLanguage] = useState<Language>('curl');
  const [project] = data?.projects.nodes ?? [];
  const text = filled(guide, {
    origin: location.origin,
    projectId: project?.id ?? unknownId,
    taskId: project?.nextStep?.id ?? unknownId,
  });
  const sections = sectionsOf(text, language);
  return (
    <Page
      title={t('api.guide.title')}
      company={viewer.company.name}
      state={
        <p className={styles.about}>
          {t('api.guide.about')} <Link to="/explorer">{t('api.guide.explorer')}</Link>
          {' · '}
          <Link to="/settings/tokens">{t('api.guide.tokens')}</Link>
        </p>
      }
    >
      <div className={styles.guide}>
        <aside className={styles.aside}>
          <div className={styles.language}>
            <span id="guide-language">{t('api.guide.language')}</span>
            <SegmentedControl
              aria-labelledby="guide-language"
              size="xs"
              value={language}
              onChange={(value) => setLanguage(value as Language)}
              data={[
                { value: 'curl', label: t('api.guide.curl') },
                { value: 'js', label: t('api.guide.javascript') },
              ]}
            />
          </div>
          <nav aria-label={t('api.guide.contents')}>
            <ul className={styles.contents}>
              {sections.map((section) => (
                <li key={section.id}>
                  <a href={`#${section.id}`}>{section.title}</a>
                </li>
              ))}
            </ul>
          </nav>
        </aside>
        {loading ? (
          <Skeletons shape="card" rows={3} />
        ) : (
          <Suspense fallback={<Skeletons shape="card" rows={3} />}>
            <div className={styles.sections}>
              {sections.map((section) => (
                <section key={section.id} id={section.id} aria-labelledby={`${section.id}-title`}>
                  <h2 id={`${section.id}-title`} className={styles.heading}>
                    {section.title}
                  </h2>
                  <MarkdownText text={section.text} tableLabel={t('api.guide.table', { section: section.title })} />
                </section>
              ))}
            </div>
          </Suspense>
        )}
      </div>
    </Page>
  );
}
