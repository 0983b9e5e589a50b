import styles from './StepMark.module.css';

export type StepKind = 'AS_PLANNED' | 'SKIPPED' | 'OUT_OF_ORDER' | 'REPEATED' | 'INSERTED' | 'SLOW';

/** A step, by the shape of how it went; the words stand beside it. */
export function StepMark({ kind, title }: { kind: StepKind; title?: string }) {
  return <span className={styles.mark} data-kind={kind} title={title} aria-hidden="true" />;
}
