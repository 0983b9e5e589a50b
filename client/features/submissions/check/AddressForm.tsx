import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../deliveries.ts';
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
  const [url, setUrl] = useState(before ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [begun, setBegun] = useState<Begun | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const tell = (message: string) => {
    setProblem(message);
    field.current?.focus();
  };
  const start = async (renewSecret: boolean) => {
    if (renewSecret) changed();
    const made = await begin(of === 'WEBHOOK' ? { url: url.trim(), renewSecret } : { url: url.trim() });
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
    const found = addressProblem(url.trim());
    if (found) return tell(t(`submissions.url.${found}`));
    await start(false);
  };
  if (begun) {
    return (
      <WebhookStep
        url={url.trim()}
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
      <TextInput
        ref={field}
        type="url"
        inputMode="url"
        label={t(`checks.address.label.${of}`)}
        description={[t(`checks.address.hint.${of}`), hint].filter(Boolean).join(' ')}
        placeholder={t(`checks.address.placeholder.${of}`)}
        autoComplete="off"
        spellCheck={false}
        value={url}
        error={problem}
        onChange={(event) => {
          setUrl(event.currentTarget.value);
          setProblem(null);
          changed();
        }}
      />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t(`checks.address.submit.${of}`)}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
