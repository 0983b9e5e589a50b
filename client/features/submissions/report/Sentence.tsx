import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Sentence.module.css';

const icons = { good: IconCircleCheck, care: IconAlertTriangle, bad: IconCircleX } as const;

type Props = { tone: keyof typeof icons; role?: 'status'; children: ReactNode };

/** In one sentence what it came to. */
export function Sentence({ tone, role, children }: Props) {
  const Icon = icons[tone];
  return (
    <p className={styles.sentence} data-tone={tone} role={role}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <strong>{children}</strong>
    </p>
  );
}
