import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';

type Props = { title: string; onClose: () => void; children: ReactNode };

/** One thing to fill in over the page. The browser's own dialog: it keeps the focus inside, and gives it back. */
export function Dialog({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // By itself it would put the focus on the button that closes it.
    element?.querySelector<HTMLElement>('form input, form textarea, form select, form button')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

type FormProps = {
  children: ReactNode;
  /** The buttons, the main one first. */
  actions: ReactNode;
  onSubmit: () => void;
};

/** The fields of a dialog over its buttons; Enter in a field of one line sends it. */
export function DialogForm({ children, actions, onSubmit }: FormProps) {
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <div className={styles.actions}>{actions}</div>
    </form>
  );
}
