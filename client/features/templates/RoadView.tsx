import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/Tag.tsx';
import type { Phase, Road } from './documents.ts';
import styles from './Editor.module.css';

/** What a version that nobody edits is called and meant for. */
export function HeadView({ road }: { road: Road }) {
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
