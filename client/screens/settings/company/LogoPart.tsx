import { useApolloClient } from '@apollo/client/react';
import { Button, FileButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remove, sendBytes } from '../../../api/post.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { ViewerQuery } from '../../../features/viewer/viewer.ts';
import styles from './Company.module.css';
import { CompanySettingsQuery } from './documents.ts';

const path = '/company/logo';
const types = 'image/png,image/jpeg,image/webp';

/** The picture that stands for the company, on every page and on the sign-in. */
export function LogoPart({ logoUrl, name }: { logoUrl: string | null; name: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const id = useId();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function run(act: () => Promise<{ ok: true } | { ok: false; status: number }>) {
    setBusy(true);
    const answer = await act();
    setTrouble(answer.ok ? null : t(wordOf(answer.status)));
    if (answer.ok) await client.refetchQueries({ include: [CompanySettingsQuery, ViewerQuery] });
    setBusy(false);
  }

  return (
    <section className={styles.part} aria-labelledby={id}>
      <div className={styles.about}>
        <h2 id={id}>{t('company.logo.title')}</h2>
        <p>{t('company.logo.about')}</p>
      </div>
      <div className={styles.fields}>
        {logoUrl ? (
          <img className={styles.logo} src={logoUrl} alt={t('company.logo.alt', { name })} />
        ) : (
          <p className={styles.none}>{t('company.logo.none')}</p>
        )}
        {trouble && <FieldError>{trouble}</FieldError>}
        <div className={styles.actions}>
          <FileButton accept={types} onChange={(file) => file && void run(() => sendBytes(path, file))}>
            {(props) => (
              <Button {...props} variant="default" loading={isBusy}>
                {t(logoUrl ? 'company.logo.replace' : 'company.logo.choose')}
              </Button>
            )}
          </FileButton>
          {logoUrl && (
            <Button variant="default" disabled={isBusy} onClick={() => void run(() => remove(path))}>
              {t('company.logo.remove')}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function wordOf(status: number) {
  if (status === 413) return 'company.logo.tooLarge';
  return status === 415 ? 'company.logo.noPicture' : 'company.logo.failed';
}
