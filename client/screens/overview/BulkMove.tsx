import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import type { Editable } from '../../features/projectEdit/useProjectEdit.ts';
import type { Refused } from '../../features/projectEdit/useProjectsEdit.ts';
import { type Reversible, useProjectsMove } from '../../features/projectEdit/useProjectsMove.ts';

export { addEditingWords } from '../../words/editing.ts';

type Props = {
  projects: readonly Editable[];
  move: Reversible;
  onDone: (refused: readonly Refused[]) => void;
  onClose: () => void;
};

/** Asks once for all selected integrations: clients read the reason, and their clocks stop or run again. */
export function BulkMove({ projects: shown, move, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const moveAll = useProjectsMove();
  // One that is done may leave the list, and with it the selection, before the others are.
  const [projects] = useState(shown);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const count = projects.length;

  async function handleSubmit() {
    const said = reason.trim();
    if (move === 'HOLD' && said === '') return setMissing(true);
    setBusy(true);
    onDone(
      await moveAll(projects, move, move === 'HOLD' ? said : null, (done) =>
        t(move === 'HOLD' ? 'overview.bulk.doneHold' : 'overview.bulk.doneResume', { count: done }),
      ),
    );
  }

  return (
    <Dialog title={t(`overview.bulk.title.${move}`, { count })} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {t(`projectState.do.${move}`)}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p>{t(`overview.bulk.ask.${move}`)}</p>
        {move === 'HOLD' && (
          <Textarea
            label={t('projectState.reasonLabel')}
            value={reason}
            rows={3}
            maxLength={500}
            error={isMissing && t('projectState.reasonMissing')}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setMissing(false);
            }}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}
