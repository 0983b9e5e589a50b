import type { ApolloCache } from '@apollo/client/cache';
import { type DocumentNode, print } from 'graphql';
import type { Client as Socket } from 'graphql-ws';
import type { ResultOf } from '../api/graphql.ts';
import { reconnectWaitMs } from '../api/socket.ts';
import type { ChangeNews } from './documents.ts';

/**
 * What the reader may believe of what is on the screen.
 *   catchingUp -> live         the server said CaughtUp
 *   live -> catchingUp         the log has come further than what was given here: this reader is behind
 *   live, catchingUp -> offline  the socket closed
 *   offline -> catchingUp      the socket is back and resumes from the last position
 */
export type LiveStatus =
  | {
      kind: 'catchingUp' /** How many changes are still to come; null when that is not known. */;
      behind: number | null;
    }
  | { kind: 'live' }
  | { kind: 'offline'; since: Date };

/** Where a stream stands: a position of one project, or a cursor of the overview. */
export type Place = number | string;
export type Change = ResultOf<typeof ChangeNews>;
type Message =
  | ({ __typename: 'Change' } & Change)
  | { __typename: 'CaughtUp' | 'Heartbeat' | 'Reload'; position: number | null; cursor: string | null };

type Options = {
  socket: Socket;
  cache: ApolloCache;
  document: DocumentNode;
  /** The field of the subscription, and its variables at a place. */
  field: string;
  variablesAt: (place: Place) => Record<string, unknown>;
  start: Place;
  onStatus: (status: LiveStatus) => void;
  onChange: (change: Change) => void;
  onReload: () => void;
  /** The server ended the stream: the session or the right to read may be gone. */
  onRefused: () => void;
};

/** Follows one stream until it is closed. It resumes from the last place it saw, so nothing is skipped or told twice. */
export function openStream(options: Options): () => void {
  const { socket, cache, onStatus } = options;
  const document = cache.transformDocument(options.document);
  let place = options.start;
  let head = Number(place);
  let isClosed = false;
  let tries = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};

  // graphql-ws sends the same payload again after each reconnect; the getter lets it say where we are by then.
  const payload = {
    query: print(document),
    get variables() {
      return options.variablesAt(place);
    },
  };

  const numberOf = (message: { position: number | null; cursor: string | null }) =>
    Number((typeof place === 'number' ? message.position : message.cursor) ?? place);
  const catchUp = () => {
    const behind = head - Number(place);
    onStatus({ kind: 'catchingUp', behind: behind > 0 ? behind : null });
  };

  const take = (message: Message) => {
    tries = 0;
    if (message.__typename === 'Heartbeat') {
      // How far the log has come, and not what was given of it.
      head = numberOf(message);
      if (head > Number(place)) catchUp();
      return;
    }
    if (message.__typename === 'Reload') options.onReload();
    if (message.__typename === 'CaughtUp') onStatus({ kind: 'live' });
    if (message.__typename === 'Change') {
      cache.write({
        dataId: 'ROOT_SUBSCRIPTION',
        query: document,
        variables: payload.variables,
        result: { [options.field]: message },
      });
      options.onChange(message);
    }
    place = (typeof place === 'number' ? message.position : message.cursor) ?? place;
    if (message.__typename !== 'Change') head = Number(place);
    else if (head > Number(place)) catchUp();
  };

  const open = () => {
    catchUp();
    stop = socket.subscribe<Record<string, Message>>(payload, {
      next: ({ data, errors }) => {
        const message = data?.[options.field];
        if (message) take(message);
        else if (errors) options.onRefused();
      },
      error: () => {
        options.onRefused();
        options.onReload();
        reopen();
      },
      complete: reopen,
    });
  };

  const reopen = () => {
    if (isClosed) return;
    tries += 1;
    again = setTimeout(open, reconnectWaitMs(tries + 2));
  };

  const listeners = [
    socket.on('closed', () => onStatus({ kind: 'offline', since: new Date() })),
    socket.on('connected', catchUp),
  ];
  open();

  return () => {
    isClosed = true;
    clearTimeout(again);
    for (const off of listeners) off();
    stop();
  };
}
