import { type ReactNode, useId } from 'react';
import styles from './Accounts.module.css';

type Props = {
  title: string;
  /** The sentence that stands there while there is nothing; false otherwise. */
  none: string | false;
  children: ReactNode;
};

/** A part of an account under its title. */
export function Group({ title, none, children }: Props) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.groupTitle}>
        {title}
      </h2>
      {none !== false && <p className={styles.none}>{none}</p>}
      {children}
    </section>
  );
}
