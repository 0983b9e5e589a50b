import { Tooltip } from '@mantine/core';
import styles from './Face.module.css';

type Props = { name: string; isStaff?: boolean; size?: 'small' | 'normal' | 'large'; withTooltip?: boolean };

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A person as a round tile with initials. The name stands beside it or is read out from it. */
export function Face({ name, isStaff = false, size = 'normal', withTooltip = false }: Props) {
  const face = (
    <span className={styles.face} data-size={size} data-staff={isStaff || undefined} role="img" aria-label={name}>
      <span aria-hidden="true">{initialsOf(name)}</span>
    </span>
  );
  return withTooltip ? <Tooltip label={name}>{face}</Tooltip> : face;
}

/** A client company as a square letter tile, so that a company never looks like a person. */
export function LetterTile({ name }: { name: string }) {
  return (
    <span className={styles.tile} aria-hidden="true">
      {name.trim()[0]?.toLocaleUpperCase()}
    </span>
  );
}
