import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './Check.module.css';
import { CopyButton } from './CopyButton.tsx';

type Props = {
  url: string;
  /** Null: that of the version before goes on, and is not told again. */
  secret: string | null;
  isBusy: boolean;
  problem: string | null;
  onSend: () => void;
  onRenew: () => void;
  onBack: () => void;
};

/** The secret is set up where the events arrive, and then the first of them is sent. */
export function WebhookStep({ url, secret, isBusy, problem, onSend, onRenew, onBack }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.step} aria-label={t('checks.webhook.title')}>
      <p className={styles.title}>{t('checks.webhook.title')}</p>
      <p className={styles.soft}>{t(secret ? 'checks.webhook.once' : 'checks.webhook.kept')}</p>
      {secret && (
        <div className={styles.secret}>
          <IconKey size={16} stroke={1.5} aria-hidden />
          <code>{secret}</code>
          <CopyButton text={secret} what={t('checks.webhook.secret')} />
        </div>
      )}
      <p className={styles.soft}>{t('checks.webhook.next', { url })}</p>
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        <Button loading={isBusy} onClick={onSend}>
          {t('checks.webhook.send')}
        </Button>
        {!secret && (
          <Button variant="default" disabled={isBusy} onClick={onRenew}>
            {t('checks.webhook.renew')}
          </Button>
        )}
        <Button variant="default" disabled={isBusy} onClick={onBack}>
          {t('checks.webhook.back')}
        </Button>
      </div>
    </section>
  );
}
