import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Acts.module.css';

type Props = {
  /** What the sheet is for. */
  label: string;
  /** What stands there while it is closed. */
  face: ReactNode;
  /** What a screen reader says of it, where the face alone does not tell what it is of. */
  spokenFace?: string;
  className: string | undefined;
  /** In pixels. */
  width: number;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  onSubmit: () => void;
  children: ReactNode;
};

/** A value in words that opens a small sheet, a form, to change it in place. */
export function ValuePopover(props: Props) {
  const { label, face, spokenFace, className, width, isOpen, onToggle, onSubmit, children } = props;
  return (
    <Popover opened={isOpen} onChange={onToggle} position="bottom-start" width={width} withinPortal={false} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={className}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          aria-label={spokenFace}
          onClick={() => onToggle(!isOpen)}
        >
          {face}
          <IconChevronDown size={16} stroke={1.5} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          className={styles.due}
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          {children}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
