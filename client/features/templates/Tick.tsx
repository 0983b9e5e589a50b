import type { ReactNode } from 'react';
import styles from './Editor.module.css';

type Props = { isOn: boolean; onChange: (isOn: boolean) => void; children: ReactNode; disabled?: boolean };

/** A box to tick with its sentence, the whole line of it to press. */
export function Tick({ isOn, onChange, children, disabled }: Props) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={isOn}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
