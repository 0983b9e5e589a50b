import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../../components/Notice.tsx';
import { ValuePopover } from '../ValuePopover.tsx';
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
    <ValuePopover
      label={label}
      face={words}
      spokenFace={`${label}: ${words}`}
      className={styles.value}
      width={300}
      isOpen={isOpen}
      onToggle={handleOpen}
      onSubmit={() => void close(onSave)}
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
    </ValuePopover>
  );
}
