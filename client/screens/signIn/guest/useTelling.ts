import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from './door.ts';

/** Tells the server what a guest did: whether that is under way, and why it was refused, in words. */
export function useTelling(id: string) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function run(act: string, input: unknown): Promise<boolean> {
    setBusy(true);
    setRefusal(null);
    const answer = await tell(id, act, input);
    setBusy(false);
    if (answer.ok) return true;
    const { status, code, message } = answer;
    if (code === 'CONFLICT') setRefusal(t('guest.trouble.stale'));
    else if (status === 0) setRefusal(t('guest.trouble.offline'));
    else if (status === 429) setRefusal(t('guest.trouble.tooMany'));
    // What a person can mend is said in the server's words.
    else setRefusal(status === 409 && message !== '' ? message : t('guest.trouble.failed'));
    return false;
  }
  return { isBusy, refusal, run };
}
