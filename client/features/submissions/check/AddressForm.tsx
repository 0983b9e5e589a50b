import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressField } from '../AddressField.tsx';
import type { Place } from '../deliveries.ts';
import { FormActions } from '../FormActions.tsx';
import { useTyped } from '../useTyped.ts';
import { addressProblem } from './addressProblem.ts';
import styles from './Check.module.css';
import { type Begun, useHandIn } from './useHandIn.ts';
import { WebhookStep } from './WebhookStep.tsx';

export type AddressKind = 'URL' | 'SITEMAP' | 'IMAGE' | 'WEBHOOK';
type Props = {
  place: Place;
  of: AddressKind;
  /** What a picture is for, or of which kind a page should be. */
  hint: string | null;
  before: string | null;
  onDone: () => void;
  onCancel: (() => void) | null;
};

/** An address that is looked at. A webhook's secret is shown once before anything is sent to it. */
export function AddressForm({ place, of, hint, before, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const { isBusy, begin, finish, changed } = useHandIn(place);
  const { text: url, problem, setProblem, tell, field } = useTyped(before, changed);
  const [begun, setBegun] = useState<Begun | null>(null);

  const start = async (renewSecret: boolean) => {
    if (renewSecret) changed();
    const made = await begin(of === 'WEBHOOK' ? { url, renewSecret } : { url });
    if (!made.begun) return tell(made.refusal?.message ?? t('submissions.trouble.server'));
    if (of === 'WEBHOOK') return setBegun(made.begun);
    await end(made.begun.id);
  };
  const end = async (id: string) => {
    const refused = await finish(id);
    if (refused) setProblem(t('submissions.url.refused', { reason: refused.message }));
    else onDone();
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const found = addressProblem(url);
    if (found) return tell(t(`submissions.url.${found}`));
    await start(false);
  };
  if (begun) {
    return (
      <WebhookStep
        url={url}
        secret={begun.secret}
        isBusy={isBusy}
        problem={problem}
        onSend={() => void end(begun.id)}
        onRenew={() => void start(true)}
        onBack={() => setBegun(null)}
      />
    );
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <AddressField
        {...field}
        label={t(`checks.address.label.${of}`)}
        description={[t(`checks.address.hint.${of}`), hint].filter(Boolean).join(' ')}
        placeholder={t(`checks.address.placeholder.${of}`)}
      />
      <FormActions submit={t(`checks.address.submit.${of}`)} isBusy={isBusy} onCancel={onCancel} />
    </form>
  );
}
