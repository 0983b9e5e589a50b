import { Skeleton } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { minutesInWords } from '../../words/minutesInWords.ts';
import styles from './Documentation.module.css';

const MarkdownText = lazy(() =>
  import('../../components/Markdown.tsx').then((module) => ({ default: module.MarkdownText })),
);

export const documentationFragment = graphql(`
  fragment Documentation_task on Task {
    id
    side
    purpose
    minutes
    documentation
  }
`);

type Props = { task: FragmentOf<typeof documentationFragment> };

/** What a task asks, why, and how it is done: set like a page of a manual. */
export function Documentation({ task: masked }: Props) {
  const { t } = useTranslation();
  const task = readFragment(documentationFragment, masked);
  const purpose = task.purpose.replace(/[.\s]+$/, '');
  return (
    <div className={styles.documentation}>
      <p className={styles.lead}>
        {task.side === 'COMPANY'
          ? t('task.documentation.ownPurpose', { purpose })
          : t('task.documentation.purpose', { purpose })}
      </p>
      {task.minutes > 0 && (
        <p className={styles.minutes}>
          <IconClock size={16} stroke={1.5} aria-hidden />
          {t('task.documentation.usually', { time: minutesInWords(t, task.minutes) })}
        </p>
      )}
      {task.documentation.trim() === '' ? (
        <p className={styles.empty}>{t('task.documentation.empty')}</p>
      ) : (
        <Suspense fallback={<DocumentationSkeleton />}>
          <div className={styles.text}>
            <MarkdownText text={task.documentation} tableLabel={t('task.documentation.table')} />
          </div>
        </Suspense>
      )}
    </div>
  );
}

const lineWidths = ['90%', '96%', '72%', '84%', '58%'];

export function DocumentationSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} data-loading role="status" aria-label={t('task.documentation.loading')}>
      {lineWidths.map((width) => (
        <Skeleton key={width} height="0.875rem" width={width} />
      ))}
    </div>
  );
}
