import type { ReactNode } from 'react';
import styles from './Tag.module.css';

/** A small quiet tag: a product, a type. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>;
}
