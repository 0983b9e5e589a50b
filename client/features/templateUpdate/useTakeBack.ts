import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { undoMutation } from './documents.ts';

type Which = { templateId: string; toVersion: number };

/** Takes the last update of a project back. Answers with the reason when work went on in what it changed. */
export function useTakeBack(projectId: string): (which: Which) => Promise<string | null> {
  const { t } = useTranslation();
  const [undo] = useMutation(undoMutation);
  return async (input) => {
    const { data } = await undo({ variables: { id: projectId, input } });
    const refusal = data?.projectTemplateUpdateUndo.userErrors[0];
    if (!refusal) return null;
    return refusal.code === 'CONFLICT' ? t('templateUpdate.undoGone') : refusal.message;
  };
}
