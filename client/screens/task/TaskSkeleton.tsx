import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../components/Skeletons.tsx';
import styles from './TaskScreen.module.css';

/** The shape of the screen while the task is fetched. */
export function TaskSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.screen}>
      <VisuallyHidden component="h1">{t('common.loading')}</VisuallyHidden>
      <div className={styles.waitingHead}>
        <Skeletons shape="title" />
      </div>
      <div className={styles.parts} aria-hidden>
        <div className={styles.work}>
          <div className={styles.part} data-part="documentation">
            <Skeletons rows={8} shape="line" />
          </div>
          <div className={styles.part} data-part="input">
            <Skeletons shape="card" />
          </div>
        </div>
        <div className={`${styles.part} ${styles.waitingTalk}`} data-part="conversation">
          <Skeletons rows={5} shape="line" />
        </div>
      </div>
    </div>
  );
}
