import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Page.module.css';

type Props = {
  /** Stands in the window's title and, unless `heading` is given, as the page's h1. */
  title: string;
  company: string;
  heading?: ReactNode;
  /** What stands above the title: where the page belongs. */
  trail?: ReactNode;
  /** One line of state under the title. */
  state?: ReactNode;
  actions?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
};

/** A page: title, one line of state, actions at the top right, then the work. Focus goes to the title on arrival. */
export function Page({ title, company, heading, trail, state, actions, isWide = false, children }: Props) {
  const { t } = useTranslation();
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t('common.pageTitle', { page: title, company });
  }, [t, title, company]);
  useEffect(() => {
    // A press of Tab after arriving goes on from the title; a person who is already in a field is left there.
    if (!document.activeElement?.matches('input, textarea, [contenteditable]'))
      h1.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.page} data-wide={isWide || undefined}>
      <header className={styles.head}>
        <div className={styles.headings}>
          {trail && <div className={styles.trail}>{trail}</div>}
          <h1 className={styles.title} tabIndex={-1} ref={h1}>
            {heading ?? title}
          </h1>
          {state && <div className={styles.state}>{state}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
