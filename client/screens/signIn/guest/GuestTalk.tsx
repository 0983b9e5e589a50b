import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import type { GuestPage } from './door.ts';
import styles from './Guest.module.css';
import { useTelling } from './useTelling.ts';

type Props = { id: string; page: GuestPage; onActed: () => Promise<void> };

/** What was said about the task where the client can read it, and the field to answer in. */
export function GuestTalk({ id, page, onActed }: Props) {
  const { t } = useTranslation();
  const { isBusy, refusal, run } = useTelling(id);
  const [text, setText] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const who = { account: page.account, company: page.company.name };

  async function handleSend() {
    if (text.trim() === '') return;
    // The key stays with these words until they have arrived: sent twice, they are said once.
    if (!(await run('comment', { text, key }))) return;
    setText('');
    setKey(crypto.randomUUID());
    await onActed();
  }
  return (
    <section className={styles.part} aria-label={t('guest.talk.title')}>
      <h2>{t('guest.talk.title')}</h2>
      {page.comments.length === 0 && <p className={styles.soft}>{t('guest.talk.empty', who)}</p>}
      <div className={styles.talk}>
        {page.comments.map((comment) => (
          <article key={comment.id} className={styles.comment} data-reply={comment.isReply || undefined}>
            <Face name={comment.by} isStaff={comment.isStaff} size="small" />
            <div className={styles.said}>
              <span className={styles.by}>
                <strong>{comment.by}</strong>
                {comment.isMine && <span className={styles.soft}>{t('guest.talk.you')}</span>}
                <span className={styles.soft}>
                  <RelativeTime at={comment.at} />
                </span>
              </span>
              {comment.isDeleted ? (
                <p className={styles.soft}>{t('guest.talk.deleted')}</p>
              ) : (
                comment.text !== '' && <p className={styles.words}>{comment.text}</p>
              )}
              {comment.files > 0 && <p className={styles.soft}>{t('guest.talk.files', { count: comment.files })}</p>}
            </div>
          </article>
        ))}
      </div>
      {page.can.comment && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void handleSend();
          }}
        >
          <Textarea
            label={t('guest.talk.write', who)}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {refusal && <FieldError>{refusal}</FieldError>}
          <Button type="submit" variant="default" loading={isBusy} disabled={text.trim() === ''}>
            {t('guest.talk.send')}
          </Button>
        </form>
      )}
    </section>
  );
}
