import { useApolloClient } from '@apollo/client/react';
import type { DocumentNode } from 'graphql';
import { useContext, useEffect, useEffectEvent, useState } from 'react';
import { conversationRead } from './documents.ts';
import { LiveContext } from './LiveRoot.tsx';
import { type Change, type LiveStatus, openStream, type Place } from './stream.ts';

/** Changes of one transaction arrive together and are handed on together; a busy stream is handed on no oftener than this. */
const togetherMs = 20;
const apartMs = 150;
const retryMs = 2_000;

type Options = {
  document: DocumentNode;
  field: string;
  variablesAt: (place: Place) => Record<string, unknown>;
  /** Names the stream: another key is another stream. */
  key: string;
  /** Null as long as the query has not answered. Only the first value counts; from then on the stream knows its place. */
  start: Place | null;
  /** A promise that fails is taken as "could not fetch it": the same changes are handed on again. */
  onChanges: (changes: Change[]) => unknown;
};

/** Follows a stream while the screen is open, says the truth about it, and warms what changed. */
export function useStream({ document, field, variablesAt, key, start, onChanges }: Options): LiveStatus {
  const client = useApolloClient();
  const { socket, warmth, onRefused, isEcho } = useContext(LiveContext);
  const [status, setStatus] = useState<LiveStatus>(catchingUp);
  const [isBehind, setBehind] = useState(false);
  const isStarted = start !== null;
  const at = useEffectEvent(variablesAt);
  const hand = useEffectEvent(onChanges);
  const begin = useEffectEvent(() => start);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables of the stream.
  useEffect(() => {
    const first = begin();
    if (!socket || first === null) return;
    let batch: Change[] = [];
    let hasCaughtUp = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let flushedAt = 0;
    let isHanding = false;
    let isOver = false;
    const schedule = (ms: number) => {
      if (!isHanding && !isOver) timer ??= setTimeout(flush, ms);
    };
    // One at a time: an answer that was read before a change must never be the last word about it.
    const flush = async () => {
      timer = undefined;
      flushedAt = performance.now();
      const changes = batch;
      batch = [];
      isHanding = true;
      const isDone = await Promise.resolve(hand(changes)).then(
        () => true,
        () => false,
      );
      isHanding = false;
      setBehind(!isDone);
      // What could not be fetched is still owed to the reader.
      if (!isDone) batch = [...changes, ...batch];
      if (batch.length > 0) schedule(isDone ? apartMs : retryMs);
    };
    const close = openStream({
      socket,
      cache: client.cache,
      document,
      field,
      variablesAt: (place) => at(place),
      start: first,
      onRefused,
      onStatus: (next) => {
        hasCaughtUp ||= next.kind === 'live';
        setStatus((now) => (isSame(now, next) ? now : next));
      },
      onChange: (change) => {
        // What happened before the page was opened is no news to the reader, nor what they are doing, or read elsewhere.
        const isNews = hasCaughtUp && change.kind !== conversationRead && !isEcho(change.actor?.id);
        if (isNews) warmth.warm([change.node?.id, change.taskId, change.projectId].filter((id) => id != null));
        batch.push(change);
        schedule(Math.max(togetherMs, flushedAt + apartMs - performance.now()));
      },
      onReload: () => void Promise.resolve(client.refetchQueries({ include: 'active' })).catch(() => setBehind(true)),
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      close();
    };
  }, [socket, client, warmth, onRefused, isEcho, document, field, key, isStarted]);
  return isBehind && status.kind === 'live' ? catchingUp : status;
}

const catchingUp: LiveStatus = { kind: 'catchingUp', behind: null };

function isSame(one: LiveStatus, other: LiveStatus): boolean {
  if (one.kind === 'catchingUp' && other.kind === 'catchingUp') return one.behind === other.behind;
  return one.kind === other.kind;
}
