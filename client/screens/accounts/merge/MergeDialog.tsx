import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../components/Dialog.tsx';
import { Chooser } from './Chooser.tsx';
import { Confirm } from './Confirm.tsx';

type Props = { into: { id: string; name: string }; onClose: () => void; onMerged: () => void };

/** First which account is the same client, then all that would happen, and only then the act. */
export function MergeDialog({ into, onClose, onMerged }: Props) {
  const { t } = useTranslation();
  const [fromId, setFromId] = useState<string | null>(null);
  return (
    <Dialog title={t('accounts.merge.title')} onClose={onClose}>
      {fromId === null ? (
        <Chooser into={into} onChoose={setFromId} />
      ) : (
        <Confirm
          intoId={into.id}
          fromId={fromId}
          onBack={() => setFromId(null)}
          onMerged={() => {
            onMerged();
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}
