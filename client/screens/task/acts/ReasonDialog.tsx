import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './Acts.module.css';

const most = 2000;

export type Side = 'CLIENT' | 'COMPANY' | 'THIRD_PARTY';
type Props = {
  title: string;
  /** What follows from it, before it is done. */
  consequences: readonly string[];
  label: string;
  placeholder?: string;
  submit: string;
  /** Who can unblock it, where that is asked: the words of each side, and the one that is likely. */
  sides?: { words: Record<Side, string>; first: Side };
  /** What it would move, where that is known before. */
  preview?: ReactNode;
  isBusy: boolean;
  refusal: string | null;
  onSubmit: (reason: string, side: Side) => void;
  onClose: () => void;
};

/** Asks why, for an act that others have to understand. */
export function ReasonDialog({ title, consequences, label, placeholder, submit, sides, preview, ...rest }: Props) {
  const { isBusy, refusal, onSubmit, onClose } = rest;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [side, setSide] = useState<Side>(sides?.first ?? 'COMPANY');
  const [isMissing, setMissing] = useState(false);
  const sideId = useId();
  const handleSubmit = () => {
    if (reason.trim() === '') setMissing(true);
    else onSubmit(reason, side);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {submit}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        {consequences.length > 0 && (
          <ul className={styles.consequences}>
            {consequences.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {preview}
        {sides && (
          <div className={styles.field}>
            <span id={sideId} className={styles.label}>
              {t('taskActs.stuck.side')}
            </span>
            <SegmentedControl
              aria-labelledby={sideId}
              value={side}
              onChange={(value) => setSide(value as Side)}
              data={(['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const).map((one) => ({
                value: one,
                label: sides.words[one],
              }))}
            />
          </div>
        )}
        <Textarea
          label={label}
          placeholder={placeholder}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={most}
          value={reason}
          error={isMissing ? t('taskActs.reasonMissing') : undefined}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setMissing(false);
          }}
        />
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
