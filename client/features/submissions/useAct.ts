import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';

export type Refusal = { code: string; field?: string | null; message: string };

/**
 * Runs an act and tells what came of it. The answer is the refusal that the person can mend; null when it was done.
 * Trouble on the way is a refusal too, without a code that a screen knows.
 */
export function useAct() {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const run = async (act: () => Promise<Refusal | undefined>): Promise<Refusal | null> => {
    setBusy(true);
    try {
      return (await act()) ?? null;
    } catch (error) {
      return { code: 'TROUBLE', message: t(`submissions.trouble.${failureOf(error)}`) };
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run };
}
