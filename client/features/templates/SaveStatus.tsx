import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftState, DraftStore } from './draftStore.ts';
import styles from './Template.module.css';

type Props = { store: DraftStore; state: DraftState };

/** Whether the server has what is on the screen, and the way back and forth through one's own changes. */
export function SaveStatus({ store, state }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return;
      // The whole draft has one way back; the browser's own, field by field, would go past it.
      event.preventDefault();
      if (event.shiftKey) store.redo();
      else store.undo();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [store]);
  const isCalm = state.status === 'saved' || state.status === 'waiting' || state.status === 'saving';
  return (
    <>
      <span className={styles.status} role="status" data-status={state.status}>
        {isCalm && t(`templates.status.${state.status as 'saved'}`)}
      </span>
      <Tooltip label={t('templates.status.undo')}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={!state.canUndo}
          aria-label={t('templates.status.undo')}
          onClick={() => store.undo()}
        >
          <IconArrowBackUp size={16} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('templates.status.redo')}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={!state.canRedo}
          aria-label={t('templates.status.redo')}
          onClick={() => store.redo()}
        >
          <IconArrowForwardUp size={16} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
