import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '../audience.ts';
import { type DraftPlace, readAudience, readDraft, writeAudience, writeDraft } from '../drafts.ts';
import { type Attachments, useAttachments } from '../files/useAttachments.ts';
import type { TalkViewer } from '../fragments.ts';
import { mentionedIn } from '../mentions/mentionedIn.ts';
import { toTokens } from '../mentions/tokens.ts';
import { useNaming } from '../mentions/useNaming.ts';
import { type Reader, useReaders } from '../mentions/useReaders.ts';
import { useTypingSignal } from '../talk/useTypingSignal.ts';
import { textProblem } from './TextRoom.tsx';

export type Sending = {
  text: string;
  audience: Audience;
  files: { fileId: string; name: string; sizeBytes: number }[];
};

export type Composer = {
  audience: Audience;
  text: string;
  readers: Reader[];
  attachments: Attachments;
  problem: string | null;
  /** Who would be brought in by sending it now, when that is still to be asked. */
  newcomers: Reader[];
  /** The other audience, when a draft for it waits and nothing is written for this one. */
  waiting: Audience | null;
  /** It goes as soon as it is known whom it names. */
  isHeld: boolean;
  readersOf: (audience: Audience) => Reader[];
  write: (text: string) => void;
  choose: (audience: Audience) => void;
  bring: () => void;
  send: (isAgreed?: boolean) => void;
  keepWriting: () => void;
};

type Options = { place: DraftPlace; audiences: Audience[]; viewer: TalkViewer; onSend: (sending: Sending) => void };

/** What is being written to whom. Text, files and the last choice of readers are kept in the browser until it is sent. */
export function useComposer({ place, audiences, viewer, onSend }: Options): Composer {
  const { t } = useTranslation();
  const known = useReaders(place.taskId);
  const say = useTypingSignal(place.taskId);
  const [chosen, setAudience] = useState<Audience | null>(() => readAudience(place));
  // What was chosen may be possible no more: of a task that was made internal meanwhile, nothing is said to its client.
  const audience = chosen && audiences.includes(chosen) ? chosen : (audiences[0] ?? 'SHARED');
  const [drafts, setDrafts] = useState(() => ({
    SHARED: readDraft(place, 'SHARED'),
    INTERNAL: readDraft(place, 'INTERNAL'),
  }));
  const [problem, setProblem] = useState<string | null>(null);
  const [newcomers, setNewcomers] = useState<Reader[]>([]);
  const attachments = useAttachments(place, { maxFiles: viewer.maxCommentFiles, maxBytes: viewer.maxUploadBytes });
  const text = drafts[audience];
  const readers = known.of(audience);
  const files = attachments.of(audience);
  const other: Audience = audience === 'SHARED' ? 'INTERNAL' : 'SHARED';
  const isWaiting = !text && files.length === 0 && (drafts[other] || attachments.of(other).length > 0);

  const change = (changes: Partial<Record<Audience, string>>) => {
    setDrafts((current) => ({ ...current, ...changes }));
    for (const [of, draft] of Object.entries(changes)) writeDraft(place, of as Audience, draft);
    setProblem(null);
    setNewcomers([]);
  };
  const problemOf = (tokens: string): string | null => {
    if (files.some((one) => one.phase === 'sending')) return t('comments.files.waiting');
    if (files.some((one) => one.phase === 'failed')) return t('comments.files.failedSome');
    return tokens.trim() === '' && files.length > 0 ? null : textProblem(tokens, viewer.maxCommentCharacters, t);
  };
  const deliver = (isAgreed = false) => {
    const tokens = toTokens(text, readers).trim();
    const found = problemOf(tokens);
    if (found) return setProblem(found);
    const named = mentionedIn(tokens);
    const unasked = readers.filter((one) => !one.isOn && named.includes(one.id));
    if (unasked.length > 0 && !isAgreed) return setNewcomers(unasked);
    const sent = files.flatMap(({ fileId, name, sizeBytes }) => (fileId ? [{ fileId, name, sizeBytes }] : []));
    onSend({ text: tokens, audience, files: sent });
    change({ [audience]: '' });
    attachments.take(audience);
    say(audience, false);
  };
  const naming = useNaming(known, {
    what: `${audience} ${text}`,
    go: deliver,
    fail: () => setProblem(t('comments.outgoing.failed', { reason: t('comments.mentions.unknown') })),
  });

  return {
    audience,
    text,
    readers,
    attachments,
    problem: problem ?? attachments.problem,
    newcomers,
    waiting: isWaiting ? other : null,
    isHeld: naming.isHeld,
    readersOf: known.of,
    write: (next) => {
      change({ [audience]: next });
      say(audience, next.trim() !== '');
    },
    choose: (next) => {
      setAudience(next);
      writeAudience(place, next);
      setProblem(null);
      setNewcomers([]);
    },
    bring: () => {
      change({ [audience]: drafts[other], [other]: '' });
      attachments.bring(other, audience);
    },
    send: (isAgreed = false) => {
      setProblem(null);
      if (!naming.holds()) deliver(isAgreed);
    },
    keepWriting: () => setNewcomers([]),
  };
}
