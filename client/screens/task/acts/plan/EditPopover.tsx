import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../../components/Notice.tsx';
import acts from '../Acts.module.css';
import styles from './Plan.module.css';

type Props = {
  label: string;
  /** What stands there while nobody edits. */
  words: string;
  isBusy: boolean;
  refusal: string | null;
  isDisabled?: boolean;
  onOpen: () => void;
  /** Whether it was done: then the sheet closes. */
  onSave: () => Promise<boolean>;
  /** Beside saving: what takes the thing away. Answers as `onSave`. */
  aside?: { words: string; onPress: () => Promise<boolean>; onLook: (isLookedAt: boolean) => void } | null;
  children: ReactNode;
  /** What it would move; below the buttons, which it must not push out of sight. */
  preview: ReactNode;
};

/** A value in words that opens a small sheet to change it, with what that would move. */
export function EditPopover(props: Props) {
  const { label, words, isBusy, refusal, isDisabled, onOpen, onSave, aside, children, preview } = props;
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const handleOpen = (next: boolean) => {
    setOpen(next);
    if (next) onOpen();
  };
  const close = async (act: () => Promise<boolean>) => {
    if (await act()) setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={handleOpen} position="bottom-start" width={300} withinPortal={false} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.value}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          aria-label={`${label}: ${words}`}
          onClick={() => handleOpen(!isOpen)}
        >
          {words}
          <IconChevronDown size={16} stroke={1.5} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          className={acts.due}
          onSubmit={(event) => {
            event.preventDefault();
            void close(onSave);
          }}
        >
          {children}
          {refusal && <FieldError>{refusal}</FieldError>}
          <div className={styles.buttons}>
            <Button type="submit" size="xs" loading={isBusy} disabled={isDisabled}>
              {t('plan.edit.save')}
            </Button>
            {aside && (
              <Button
                variant="default"
                size="xs"
                onFocus={() => aside.onLook(true)}
                onBlur={() => aside.onLook(false)}
                onMouseEnter={() => aside.onLook(true)}
                onMouseLeave={() => aside.onLook(false)}
                onClick={() => void close(aside.onPress)}
              >
                {aside.words}
              </Button>
            )}
          </div>
          {preview}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
