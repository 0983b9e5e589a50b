import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { giveUpUpload, type RunningUpload, sendFile } from '../../api/uploads.ts';
import { noteFileCreateMutation } from './documents.ts';

/** A file on its way into the note: sending -> (in the note) | failed -> sending, going on from where it stopped. */
export type NoteUpload = { key: string; name: string; sizeBytes: number; sentBytes: number; failure: string | null };
type Source = {
  file: File;
  uploadUrl: string | null;
  fileId: string | null;
  running: RunningUpload | null;
  /** All that were chosen at once, in their order. */
  batch: readonly Source[];
};

/** A file that is there, and those that stand before and behind it in what was chosen at once. */
export type DoneFile = { fileId: string; name: string; before: readonly string[]; behind: readonly string[] };

export type Uploads = {
  all: readonly NoteUpload[];
  add: (files: readonly File[]) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
};

/** Sends files for a note; `onDone` puts each into the text once all of it is there. */
export function useUploads(noteId: string, onDone: (file: DoneFile) => void): Uploads {
  const { t } = useTranslation();
  const client = useApolloClient();
  const sources = useRef(new Map<string, Source>());
  const [all, setAll] = useState<readonly NoteUpload[]>([]);

  // Leaving the note ends what is on its way: there would be no text to put it into.
  useEffect(() => {
    const running = sources.current;
    return () => {
      for (const source of running.values()) source.running?.stop();
    };
  }, []);

  const change = (key: string, changes: Partial<NoteUpload>) =>
    setAll((now) => now.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const drop = (key: string) => {
    sources.current.delete(key);
    setAll((now) => now.filter((one) => one.key !== key));
  };

  const send = async (key: string, source: Source) => {
    const { file } = source;
    const fail = (failure: string) => change(key, { failure });
    change(key, { failure: null });
    try {
      if (source.uploadUrl === null) {
        const asked = { name: file.name, sizeBytes: file.size, contentType: file.type || null };
        const input = { noteId, idempotencyKey: key, file: asked };
        const { data } = await client.mutate({ mutation: noteFileCreateMutation, variables: { input } });
        const made = data?.noteFileCreate;
        if (!made?.file || !made.uploadUrl) return fail(made?.userErrors[0]?.message ?? t('notes.file.failed'));
        source.uploadUrl = made.uploadUrl;
        source.fileId = made.file.id;
        change(key, { name: made.file.name });
      }
      const { uploadUrl, fileId } = source;
      if (!sources.current.has(key)) return void giveUpUpload(uploadUrl);
      source.running = sendFile(file, uploadUrl, {
        onProgress: (sentBytes) => change(key, { sentBytes }),
        onWaiting: () => {},
        onDone: () => {
          drop(key);
          const at = source.batch.indexOf(source);
          const idsOf = (some: readonly Source[]) => some.flatMap((one) => one.fileId ?? []);
          const [before, behind] = [idsOf(source.batch.slice(0, at)), idsOf(source.batch.slice(at + 1))];
          if (fileId !== null) onDone({ fileId, name: file.name, before, behind });
        },
        onFailed: (failure) => fail(t(`submissions.upload.failure.${failure}`)),
      });
    } catch (error) {
      fail(t(`comments.failure.${failureOf(error)}`));
    }
  };

  return {
    all,
    add(files) {
      const batch: Source[] = [];
      for (const file of files) batch.push({ file, uploadUrl: null, fileId: null, running: null, batch });
      for (const source of batch) {
        const { file } = source;
        const key = crypto.randomUUID();
        sources.current.set(key, source);
        setAll((now) => [...now, { key, name: file.name, sizeBytes: file.size, sentBytes: 0, failure: null }]);
        void send(key, source);
      }
    },
    retry(key) {
      const source = sources.current.get(key);
      if (source) void send(key, source);
    },
    remove(key) {
      const source = sources.current.get(key);
      source?.running?.stop();
      if (source?.uploadUrl) void giveUpUpload(source.uploadUrl);
      drop(key);
    },
  };
}
