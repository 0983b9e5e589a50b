import { CloseButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';
import { DialogFrame } from './DialogFrame.tsx';

type Props = { title: string; onClose: () => void; children: ReactNode };

/** By itself the browser would put the focus on the button that closes it. */
const firstOfForm = 'form input, form textarea, form select, form button';

/** One thing to fill in over the page. */
export function Dialog({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <DialogFrame name={{ labelledBy: id }} className={styles.dialog} onClose={onClose} startsAt={firstOfForm}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
      </header>
      {children}
    </DialogFrame>
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
