import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Notice.module.css';

type EmptyProps = { text: string; children?: ReactNode };

/** One sentence that says what will be here, and the one action that brings it, if there is one. */
export function EmptyState({ text, children }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <p>{text}</p>
      {children}
    </div>
  );
}

type ErrorProps = { title?: string; text?: string; retry?: string; onRetry?: () => void };

/** What happened, what was kept, what to do: in place of the content that did not come. */
export function ErrorState({ title, text, retry, onRetry }: ErrorProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.error} role="alert">
      <IconAlertTriangle className={styles.icon} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <strong>{title ?? t('common.error.title')}</strong>
        <p>{text ?? t('common.error.kept')}</p>
        {onRetry && (
          <Button variant="default" size="xs" onClick={onRetry}>
            {retry ?? t('common.tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** An error beside the field or button that it belongs to. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className={styles.field} role="alert">
      {children}
    </p>
  );
}
