import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import type { Comment } from './mapStore.ts';
import styles from './Panels.module.css';
import own from './Saying.module.css';
import { useCommentDraft } from './useCommentDraft.ts';
import type { JourneyDoc } from './useJourney.ts';

/** What was said of one part of the map, with room to say more. */
export function CommentsOf({ doc, aboutId, name }: { doc: JourneyDoc; aboutId: string; name: string }) {
  const { t } = useTranslation();
  const said = doc.saying.comments.filter((one) => one.aboutId === aboutId);
  if (said.length === 0 && !doc.saying.canComment) return null;
  return (
    <section className={styles.part}>
      <h3>{t('journeySaying.comments')}</h3>
      <CommentList doc={doc} comments={said} />
      <Composer doc={doc} aboutId={aboutId} label={t('journeySaying.addTo', { name })} />
    </section>
  );
}

type ListProps = {
  doc: JourneyDoc;
  comments: readonly Comment[];
  /** Says of what each is, where they are of different things. */
  about?: (comment: Comment) => React.ReactNode;
};

/** Open ones; settled ones on demand. */
export function CommentList({ doc, comments, about }: ListProps) {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const settled = comments.filter(({ resolvedAt }) => resolvedAt !== null).length;
  const shown = isAll ? comments : comments.filter(({ resolvedAt }) => resolvedAt === null);
  return (
    <>
      {shown.length > 0 && (
        <ul className={own.sayings}>
          {shown.map((comment) => (
            <Said key={comment.id} doc={doc} comment={comment} about={about?.(comment)} />
          ))}
        </ul>
      )}
      {settled > 0 && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={styles.away}
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
        >
          {t('journeySaying.showSettled', { count: settled })}
        </Button>
      )}
    </>
  );
}

function Said({ doc, comment, about }: { doc: JourneyDoc; comment: Comment; about?: React.ReactNode }) {
  const { t } = useTranslation();
  const offerUndo = useUndo();
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { id, author, text, createdAt, editedAt, resolvedAt, resolvedBy, revision } = comment;
  const { canComment, changeComment } = doc.saying;
  const isMine = author?.id === doc.me.id;
  const isSettled = resolvedAt !== null;
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;

  const handleSave = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === null || draft.trim() === '') return;
    const refused = await changeComment(id, { text: draft, revision });
    setFailure(refused);
    if (refused === null) setDraft(null);
  };
  const handleRemove = async () => {
    const refused = await changeComment(id, { isRemoved: true });
    setFailure(refused);
    if (refused === null) offerUndo(t('journeySaying.removed'), () => changeComment(id, { isRemoved: false }), id);
  };
  return (
    <li data-settled={isSettled || undefined}>
      <span className={own.by}>
        <strong>{author?.name ?? t('journeySaying.somebody')}</strong>
        <RelativeTime at={createdAt} />
        {editedAt !== null && <span>{t('journeySaying.edited')}</span>}
        {isSettled && (
          <span>
            {resolvedBy ? t('journeySaying.settledBy', { name: resolvedBy.name }) : t('journeySaying.settled')}
          </span>
        )}
      </span>
      {about}
      {draft === null ? (
        <p className={own.words}>{text}</p>
      ) : (
        <form className={styles.fields} onSubmit={(event) => void handleSave(event)}>
          <Words label={t('journeySaying.text')} value={draft} isFirst onChange={setDraft} />
          <span className={styles.buttons}>
            <Button type="submit" size="compact-xs" disabled={draft.trim() === ''}>
              {t('journeySaying.save')}
            </Button>
            <Button variant="default" size="compact-xs" onClick={() => setDraft(null)}>
              {t('common.cancel')}
            </Button>
          </span>
        </form>
      )}
      {failure && <FieldError>{failure}</FieldError>}
      {canComment && draft === null && (
        <span className={styles.buttons}>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t(isSettled ? 'journeySaying.reopenOf' : 'journeySaying.resolveOf', { text: short })}
            onClick={async () => setFailure(await changeComment(id, { isResolved: !isSettled }))}
          >
            {t(isSettled ? 'journeySaying.reopen' : 'journeySaying.resolve')}
          </Button>
          {isMine && (
            <>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeySaying.editOf', { text: short })}
                onClick={() => setDraft(text)}
              >
                {t('journeySaying.edit')}
              </Button>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeySaying.removeOf', { text: short })}
                onClick={() => void handleRemove()}
              >
                {t('journeySaying.remove')}
              </Button>
            </>
          )}
        </span>
      )}
    </li>
  );
}

type ComposerProps = { doc: JourneyDoc; aboutId: string | null; label: string };

/** What is being said stays when the page is loaded anew, and when it could not be sent. */
export function Composer({ doc, aboutId, label }: ComposerProps) {
  const { t } = useTranslation();
  const { text, setText, key, renew } = useCommentDraft(`${doc.me.id} ${doc.journey.id} ${aboutId ?? 'map'}`);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  if (!doc.saying.canComment) return null;
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || isSending) return;
    setSending(true);
    const refused = await doc.saying.comment({ aboutId, text, idempotencyKey: key });
    setSending(false);
    setFailure(refused);
    if (refused === null) renew();
  };
  return (
    <form className={styles.fields} onSubmit={(event) => void handleSubmit(event)}>
      <Words label={label} value={text} onChange={setText} />
      {failure && <FieldError>{failure}</FieldError>}
      {text.trim() !== '' && (
        <span className={styles.buttons}>
          <Button type="submit" size="compact-sm" disabled={isSending}>
            {t('journeySaying.send')}
          </Button>
          <span className={styles.soft}>{t('journeySaying.keys')}</span>
        </span>
      )}
    </form>
  );
}

type WordsProps = { label: string; value: string; onChange: (text: string) => void; isFirst?: boolean };

function Words({ label, value, onChange, isFirst }: WordsProps) {
  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <Textarea
      size="xs"
      aria-label={label}
      placeholder={label}
      autosize
      minRows={1}
      maxRows={8}
      maxLength={2_000}
      autoFocus={isFirst}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={handleKey}
    />
  );
}
