import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import type { GuestPage } from './door.ts';
import { useTelling } from './useTelling.ts';

type Props = {
  id: string;
  act: 'stuck' | 'give-back';
  page: GuestPage;
  onClose: () => void;
  onDone: () => void;
};

/** Why a guest cannot go on, or gives the task back. */
export function ReasonAsked({ id, act, page, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { isBusy, refusal, run } = useTelling(id);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { account, task } = page;
  const isStuck = act === 'stuck';

  const handleSubmit = async () => {
    if (reason.trim() === '') return setMissing(true);
    if (await run(act, isStuck ? { reason, revision: task.revision } : { reason })) onDone();
  };
  return (
    <Dialog title={t(isStuck ? 'guest.acts.stuckTitle' : 'guest.acts.giveBackTitle')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {t(isStuck ? 'guest.acts.stuckSubmit' : 'guest.acts.giveBackSubmit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p>{t(isStuck ? 'guest.acts.stuckWhat' : 'guest.acts.giveBackWhat', { account })}</p>
        <Textarea
          label={t('guest.acts.reason')}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={2000}
          value={reason}
          error={isMissing ? t('guest.acts.reasonMissing') : undefined}
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
