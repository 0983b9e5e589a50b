import { Skeletons } from '../../../components/Skeletons.tsx';
import styles from './Report.module.css';

/** Where a report will stand. */
export function ReportSkeleton() {
  return (
    <div className={styles.report}>
      <Skeletons rows={3} shape="line" />
    </div>
  );
}
