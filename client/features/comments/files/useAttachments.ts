import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { giveUpUpload, type RunningUpload, sendFile } from '../../../api/uploads.ts';
import { bytes } from '../../../words/format.ts';
import type { Audience } from '../audience.ts';
import { type DraftPlace, readFiles, writeFiles } from '../drafts.ts';
import { fileCreateMutation } from './documents.ts';

/*
 * A file that will go with a comment:
 *   sending -> ready                  all bytes are there; kept with the draft over a reload
 *   sending -> failed -> sending      goes on from where it stopped
 */
export type Attachment = {
  key: string;
  audience: Audience;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  phase: 'sending' | 'ready' | 'failed';
  failure: string | null;
  fileId: string | null;
};
type Source = { file: File; uploadUrl: string | null; running: RunningUpload | null };

export type Attachments = {
  of: (audience: Audience) => Attachment[];
  /** What is wrong with what was chosen last; null when nothing is. */
  problem: string | null;
  add: (files: readonly File[], audience: Audience) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  /** Forgets those that go out with a comment. */
  take: (audience: Audience) => void;
  bring: (from: Audience, to: Audience) => void;
};

/** The files of a comment that is being written, each sent at once while the person writes on. */
export function useAttachments(place: DraftPlace, limits: { maxFiles: number; maxBytes: number }): Attachments {
  const { t } = useTranslation();
  const client = useApolloClient();
  const sources = useRef(new Map<string, Source>());
  const [problem, setProblem] = useState<string | null>(null);
  const [all, setAll] = useState<Attachment[]>(() =>
    readFiles(place).map(({ fileId, name, sizeBytes, audience }) => ({
      key: fileId,
      audience,
      name,
      sizeBytes,
      sentBytes: sizeBytes,
      phase: 'ready',
      failure: null,
      fileId,
    })),
  );
  const { personId, taskId, parentId } = place;

  useEffect(() => {
    const ready = all.flatMap(({ fileId, name, sizeBytes, audience, phase }) =>
      phase === 'ready' && fileId ? [{ fileId, name, sizeBytes, audience, sentAt: Date.now() }] : [],
    );
    writeFiles({ personId, taskId, parentId }, ready);
  }, [all, personId, taskId, parentId]);
  // Leaving the conversation ends what is on its way: nobody would be there to send it with.
  useEffect(() => {
    const running = sources.current;
    return () => {
      for (const source of running.values()) source.running?.stop();
    };
  }, []);

  const change = (key: string, changes: Partial<Attachment>) =>
    setAll((now) => now.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const fail = (key: string, reason: string) =>
    change(key, { phase: 'failed', failure: t('comments.files.failed', { reason }) });

  const send = async (key: string, source: Source) => {
    change(key, { phase: 'sending', failure: null });
    const { file } = source;
    try {
      if (source.uploadUrl === null) {
        const { data } = await client.mutate({
          mutation: fileCreateMutation,
          variables: {
            input: {
              taskId,
              idempotencyKey: key,
              file: { name: file.name, sizeBytes: file.size, contentType: file.type || null },
            },
          },
        });
        const made = data?.commentFileCreate;
        if (!made?.file || !made.uploadUrl) return fail(key, made?.userErrors[0]?.message ?? '');
        source.uploadUrl = made.uploadUrl;
        change(key, { fileId: made.file.id, name: made.file.name });
      }
      if (!sources.current.has(key)) return void giveUpUpload(source.uploadUrl);
      source.running = sendFile(file, source.uploadUrl, {
        onProgress: (sentBytes) => change(key, { sentBytes }),
        onWaiting: () => {},
        onDone: () => change(key, { phase: 'ready', sentBytes: file.size }),
        onFailed: (failure) => fail(key, t(`submissions.upload.failure.${failure}`)),
      });
    } catch (error) {
      fail(key, t(`comments.failure.${failureOf(error)}`));
    }
  };

  const add = (files: readonly File[], audience: Audience) => {
    const room = limits.maxFiles - all.filter((one) => one.audience === audience).length;
    const bad = files.find((file) => file.size === 0 || file.size > limits.maxBytes);
    setProblem(
      files.length > room
        ? t('comments.files.tooMany', { max: limits.maxFiles })
        : bad
          ? bad.size === 0
            ? t('comments.files.empty', { name: bad.name })
            : t('comments.files.tooLarge', { name: bad.name, max: bytes(limits.maxBytes) })
          : null,
    );
    for (const file of files.filter((one) => one.size > 0 && one.size <= limits.maxBytes).slice(0, room)) {
      const key = crypto.randomUUID();
      const source = { file, uploadUrl: null, running: null };
      sources.current.set(key, source);
      const fresh = { key, audience, name: file.name, sizeBytes: file.size, sentBytes: 0, fileId: null };
      setAll((now) => [...now, { ...fresh, phase: 'sending', failure: null }]);
      void send(key, source);
    }
  };

  return {
    of: (audience) => all.filter((one) => one.audience === audience),
    problem,
    add,
    retry: (key) => {
      const source = sources.current.get(key);
      if (source) void send(key, source);
    },
    remove: (key) => {
      const source = sources.current.get(key);
      source?.running?.stop();
      sources.current.delete(key);
      if (source?.uploadUrl) void giveUpUpload(source.uploadUrl);
      setAll((now) => now.filter((one) => one.key !== key));
      setProblem(null);
    },
    take: (audience) => setAll((now) => now.filter((one) => one.audience !== audience)),
    bring: (from, to) => setAll((now) => now.map((one) => (one.audience === from ? { ...one, audience: to } : one))),
  };
}
