import { type ReactNode, useId } from 'react';
import { FieldError } from '../../components/Notice.tsx';
import styles from './NewIntegration.module.css';

type Ids = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };
type Props = { label: string; hint?: string; error?: string | null; children: (ids: Ids) => ReactNode };

/** A label above its field, with what helps and what is wrong under it. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': Boolean(error) })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}
