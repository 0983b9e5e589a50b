import { percent } from '../words/format.ts';
import styles from './ProgressBar.module.css';

type Segment = { id: string; done: number; total: number };
type Props = { segments: readonly Segment[]; currentId: string | null; label: string };

/** A road as a bar: one segment per phase, as wide as its tasks are many, filled by the share that is done. */
export function ProgressBar({ segments, currentId, label }: Props) {
  return (
    <span className={styles.bar} role="img" aria-label={label}>
      {segments.map((segment) => (
        <span
          key={segment.id}
          className={styles.segment}
          data-current={segment.id === currentId || undefined}
          style={{ flexGrow: Math.max(1, segment.total) }}
        >
          <span className={styles.fill} style={{ width: `${percent(segment.done, segment.total)}%` }} />
        </span>
      ))}
    </span>
  );
}
