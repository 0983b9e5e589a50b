import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/Tag.tsx';
import type { Phase, Road } from './documents.ts';
import styles from './Editor.module.css';
import { usageWords } from './usage.ts';

export type VersionUsage = { version: number; runningCount: number; finishedCount: number };

/** On which versions projects are, a line each. */
export function UsageLines({ usage }: { usage: readonly VersionUsage[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('templates.usage.title')}</h3>
      {usage.length === 0 && <p className={styles.soft}>{t('templates.usedBy_zero')}</p>}
      <ul className={styles.waits}>
        {usage.map((one) => (
          <li key={one.version} className={styles.wait}>
            {t('templates.usage.onVersion', { version: one.version, usage: usageWords(t, [one]) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a version that nobody edits is called and meant for. */
export function HeadView({ road, usage }: { road: Road; usage: readonly VersionUsage[] }) {
  const { t } = useTranslation();
  return (
    <article className={styles.page}>
      <div className={styles.section}>
        <h2 className={styles.title}>{road.name}</h2>
        <p className={styles.tags}>
          <Tag>{t(`names.platform.${road.platform}`)}</Tag>
          {road.products.map((product) => (
            <Tag key={product}>{t(`names.product.${product}`)}</Tag>
          ))}
        </p>
        <p className={styles.soft}>
          {t('templates.head.target')}: {road.targetInBusinessDays}
        </p>
      </div>
      <UsageLines usage={usage} />
    </article>
  );
}

/** A phase of a version that nobody edits. */
export function PhaseView({ phase }: { phase: Phase }) {
  return (
    <article className={styles.page}>
      <div className={styles.section}>
        <h2 className={styles.title}>{phase.name}</h2>
        <p className={styles.lead}>{phase.milestone}</p>
        <ol className={styles.waits}>
          {phase.tasks.map((task) => (
            <li key={task.key} className={styles.wait}>
              {task.title}
            </li>
          ))}
        </ol>
      </div>
    </article>
  );
}
