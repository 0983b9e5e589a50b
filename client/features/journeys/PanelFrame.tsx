import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Panels.module.css';

type Props = {
  title: string;
  /** Whether the focus goes to its title when it opens; it was opened by keyboard then. */
  takesFocus: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** What stands beside the map; Escape closes it. */
export function PanelFrame({ title, takesFocus, onClose, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
    else heading.current?.scrollIntoView({ block: 'nearest' });
  }, [takesFocus]);
  return (
    <aside
      className={styles.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <CloseButton aria-label={t('journeyMap.panel.close')} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
