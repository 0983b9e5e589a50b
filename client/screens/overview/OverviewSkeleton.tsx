import { Skeletons } from '../../components/Skeletons.tsx';
import styles from './Toolbar.module.css';

/** The overview before its first answer, in the places of what comes. */
export function OverviewSkeleton() {
  return (
    <div className={styles.skeleton}>
      <Skeletons shape="title" />
      <Skeletons rows={10} />
    </div>
  );
}
