import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './Dialog.module.css';

type Props = {
  /** How the dialog is called: in words, or by the id of the heading in it. */
  name: { label: string } | { labelledBy: string };
  className: string | undefined;
  onClose: () => void;
  /** Whether a press beside it closes it too: not where something half written would be lost. */
  closesBeside?: boolean;
  /** The first of these has the focus at the start; without it the browser chooses. */
  startsAt?: string;
  children: ReactNode;
};

/** The browser's own dialog: it keeps the focus inside, closes by Escape, and gives the focus back. */
export function DialogFrame({ name, className, onClose, closesBeside = false, startsAt, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: what is typed right after the key that opened it belongs into it. And closed while it still
  // stands in the page, or the browser would not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (startsAt !== undefined) element?.querySelector<HTMLElement>(startsAt)?.focus();
    return () => element?.close();
  }, [startsAt]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it for the keyboard
    <dialog
      ref={dialog}
      className={`${styles.frame} ${className}`}
      aria-label={'label' in name ? name.label : undefined}
      aria-labelledby={'labelledBy' in name ? name.labelledBy : undefined}
      onCancel={(event) => {
        // A picker of files that is left without a file says so as well, from inside.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      // A second Escape closes without asking.
      onClose={(event) => {
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        if (closesBeside && event.target === event.currentTarget) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
