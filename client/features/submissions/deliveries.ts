import type { ApolloClient } from '@apollo/client';
import { type Failure, failureOf } from '../../api/failure.ts';
import {
  forgetChanged,
  giveUpUpload,
  type RunningUpload,
  rememberChanged,
  sendFile,
  type UploadFailure,
} from '../../api/uploads.ts';
import { createMutation, finishMutation, revisionFragment } from './acts.ts';

/*
 * A file on its way to an input of a task, until it is handed in:
 *   preparing -> sending -> finishing -> (gone: it stands in the history)
 *   preparing -> refused           the server did not take it; nothing was begun
 *   sending   -> stopped           can be gone on with, unless the failure is GONE
 *   finishing -> unfinished        all bytes are there, but the task has changed or the server is away
 */
export type Delivery = {
  /** Null while nothing was begun. */
  submissionId: string | null;
  phase: 'preparing' | 'sending' | 'finishing' | 'refused' | 'stopped' | 'unfinished';
  name: string;
  sizeBytes: number;
  sentBytes: number;
  /** Null until it can be told. */
  bytesPerSecond: number | null;
  isWaiting: boolean;
  failure: UploadFailure | null;
  /** What the server said against it; null when it said nothing. */
  message: string | null;
  /** Why the server said nothing. */
  trouble: Failure | null;
};

/** Where a file goes. */
export type Place = { taskId: string; inputId: string };
export type Begun = { id: string; uploadUrl: string };
/** What its person did about a file before it was sent: values repaired, columns named, what the file does not say. */
export type Made = {
  repairs?: number;
  mapping?: { source: string; column: string | null }[];
  declared?: { key: string; value: string }[];
};
type Entry = {
  /** How many of its task this page had handed in when it was begun. */
  handedInBefore: number;
  place: Place;
  delivery: Delivery;
  file: File;
  made: Made;
  key: string;
  begun: Begun | null;
  running: RunningUpload | null;
};

const tellEveryMs = 150;
/** Of handing in what another file of the same task came before. */
const mostTries = 3;

/** The deliveries of this page, by input: they outlive the screen, so that looking elsewhere does not end an upload. */
export class Deliveries {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #turns = new Map<string, Promise<void>>();
  readonly #handedIn = new Map<string, number>();

  constructor(private readonly client: ApolloClient) {
    // Whatever screen is open when the line is back: each goes on where it stopped.
    window.addEventListener('online', () => {
      for (const { place, delivery } of [...this.#entries.values()]) if (isOffline(delivery)) void this.goOn(place);
    });
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(inputId: string): Delivery | null {
    return this.#entries.get(inputId)?.delivery ?? null;
  }

  /** Begins a new submission with this file, or goes on with the one that was begun with it. */
  async start(
    place: Place,
    file: File,
    { begun = null, made = {} }: { begun?: Begun | null; made?: Made } = {},
  ): Promise<void> {
    const entry: Entry = {
      handedInBefore: this.#handedIn.get(place.taskId) ?? 0,
      place,
      file,
      made,
      begun,
      running: null,
      key: crypto.randomUUID(),
      delivery: fresh(file),
    };
    this.#entries.set(place.inputId, entry);
    await this.goOn(place);
  }

  /** Takes up a delivery wherever it stopped. */
  async goOn(place: Place): Promise<void> {
    const entry = this.#entries.get(place.inputId);
    if (!entry || entry.delivery.phase === 'sending') return;
    if (entry.delivery.phase === 'unfinished') return this.#finish(place, entry);
    this.#change(place, entry, { phase: 'preparing', failure: null, message: null, trouble: null });
    entry.begun ??= await this.#begin(place, entry);
    if (!entry.begun || !this.#isCurrent(place, entry)) return;
    rememberChanged(entry.begun.uploadUrl, entry.file);
    this.#send(place, entry, entry.begun);
  }

  /** Hands in an upload that is whole already. */
  async handIn(place: Place, begun: Begun, file: { name: string; sizeBytes: number }): Promise<void> {
    const entry: Entry = {
      handedInBefore: this.#handedIn.get(place.taskId) ?? 0,
      place,
      begun,
      file: new File([], file.name),
      made: {},
      running: null,
      key: '',
      delivery: { ...fresh(file), name: file.name, sizeBytes: file.sizeBytes, sentBytes: file.sizeBytes },
    };
    this.#entries.set(place.inputId, entry);
    await this.#finish(place, entry);
  }

  /** Ends it and removes what arrived. False: the server could not be reached, so what arrived is still there. */
  async cancel(place: Place, pending: Begun | null = null): Promise<boolean> {
    const entry = this.#entries.get(place.inputId);
    entry?.running?.stop();
    this.#entries.delete(place.inputId);
    const begun = entry?.begun ?? pending;
    const isGone = begun === null || (await giveUpUpload(begun.uploadUrl));
    if (isGone) {
      if (begun) forgetChanged(begun.uploadUrl);
      const id = this.client.cache.identify({ __typename: 'TaskInput', id: place.inputId });
      this.client.cache.modify({ id, fields: { pendingUpload: () => null } });
    }
    this.#tell();
    return isGone;
  }

  async #begin(place: Place, entry: Entry): Promise<Begun | null> {
    const { name, size, type } = entry.file;
    const file = { name, sizeBytes: size, contentType: type || null, ...entry.made };
    try {
      const { data } = await this.client.mutate({
        mutation: createMutation,
        variables: { input: { ...place, idempotencyKey: entry.key, file } },
      });
      const submission = data?.submissionCreate.submission;
      if (submission?.uploadUrl) return { id: submission.id, uploadUrl: submission.uploadUrl };
      this.#change(place, entry, {
        phase: 'refused',
        message: data?.submissionCreate.userErrors[0]?.message ?? null,
      });
    } catch (error) {
      this.#change(place, entry, { phase: 'refused', trouble: failureOf(error) });
    }
    return null;
  }

  #send(place: Place, entry: Entry, begun: Begun): void {
    const speed = new Speed();
    let toldAt = 0;
    this.#change(place, entry, { phase: 'sending', submissionId: begun.id, isWaiting: false });
    entry.running = sendFile(entry.file, begun.uploadUrl, {
      onProgress: (sentBytes) => {
        const at = performance.now();
        const bytesPerSecond = speed.at(sentBytes, at);
        if (at - toldAt < tellEveryMs && sentBytes < entry.delivery.sizeBytes) return;
        toldAt = at;
        this.#change(place, entry, { sentBytes, bytesPerSecond, isWaiting: false });
      },
      onWaiting: () => this.#change(place, entry, { isWaiting: true, bytesPerSecond: null }),
      onDone: () => void this.#finish(place, entry),
      onFailed: (failure) => this.#change(place, entry, { phase: 'stopped', failure, bytesPerSecond: null }),
    });
  }

  async #finish(place: Place, entry: Entry): Promise<void> {
    const { begun } = entry;
    if (!begun || !this.#isCurrent(place, entry)) return;
    this.#change(place, entry, { phase: 'finishing', message: null, trouble: null });
    try {
      const refusal = await this.#inTurn(place.taskId, () => this.#handIn(place.taskId, entry, begun));
      if (refusal) return this.#change(place, entry, { phase: 'unfinished', message: refusal.message });
      forgetChanged(begun.uploadUrl);
      if (this.#isCurrent(place, entry)) this.#entries.delete(place.inputId);
      this.#tell();
    } catch (error) {
      this.#change(place, entry, { phase: 'unfinished', trouble: failureOf(error) });
    }
  }

  /** Several files of one task arrive as they like and are handed in one after the other: each moves the task on. */
  #inTurn<T>(taskId: string, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(taskId) ?? Promise.resolve();
    const turn = before.then(act);
    this.#turns.set(
      taskId,
      turn.then(
        () => undefined,
        () => undefined,
      ),
    );
    return turn;
  }

  /**
   * Null when it was handed in. That the task is another than the person saw is for the person to judge, unless it was
   * another file of theirs that moved it, with its verdict.
   */
  async #handIn(taskId: string, entry: Entry, { id }: Begun): Promise<{ message: string } | null> {
    for (let tries = 1; ; tries++) {
      const { data } = await this.client.mutate({
        mutation: finishMutation,
        variables: { id, input: { revision: revisionOf(this.client, taskId) } },
      });
      const refusal = data?.submissionFinish.userErrors[0];
      const handedIn = this.#handedIn.get(taskId) ?? 0;
      if (!refusal) {
        this.#handedIn.set(taskId, handedIn + 1);
        return null;
      }
      const isOwnDoing = refusal.code === 'CONFLICT' && handedIn > entry.handedInBefore;
      if (!isOwnDoing || tries === mostTries) return refusal;
    }
  }

  /** A cancelled one still hears from its last requests; by then another may have taken its place. */
  #isCurrent(place: Place, entry: Entry): boolean {
    return this.#entries.get(place.inputId) === entry;
  }

  #change(place: Place, entry: Entry, change: Partial<Delivery>): void {
    if (!this.#isCurrent(place, entry)) return;
    entry.delivery = { ...entry.delivery, ...change };
    this.#tell();
  }

  #tell(): void {
    const isAnyUnderWay = [...this.#entries.values()].some(({ delivery }) => isUnderWay(delivery));
    if (isAnyUnderWay) window.addEventListener('beforeunload', askBeforeLeaving);
    else window.removeEventListener('beforeunload', askBeforeLeaving);
    for (const listener of this.#listeners) listener();
  }
}

function isUnderWay({ phase }: Delivery): boolean {
  return phase === 'sending' || phase === 'finishing';
}

function isOffline({ phase, failure, trouble }: Delivery): boolean {
  return (phase === 'stopped' && failure === 'OFFLINE') || (phase === 'unfinished' && trouble === 'offline');
}

/** The browser asks before the page is closed, on whatever screen: the files would have to be chosen again. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** The revision of the task that the person sees now. */
export function revisionOf(client: ApolloClient, taskId: string): number {
  const id = client.cache.identify({ __typename: 'Task', id: taskId });
  return client.cache.readFragment({ id, fragment: revisionFragment })?.revision ?? 0;
}

function fresh(file: { name: string } & ({ size: number } | { sizeBytes: number })): Delivery {
  return {
    submissionId: null,
    phase: 'preparing',
    name: file.name,
    sizeBytes: 'size' in file ? file.size : file.sizeBytes,
    sentBytes: 0,
    bytesPerSecond: null,
    isWaiting: false,
    failure: null,
    message: null,
    trouble: null,
  };
}

/** Bytes a second, smoothed over the last few seconds; null in the first moments. */
class Speed {
  #bytes: number | null = null;
  #at = 0;
  #rate: number | null = null;

  at(bytes: number, at: number): number | null {
    if (this.#bytes === null) {
      this.#bytes = bytes;
      this.#at = at;
      return null;
    }
    const seconds = (at - this.#at) / 1000;
    if (seconds < 0.4) return this.#rate;
    const rate = Math.max(0, bytes - this.#bytes) / seconds;
    this.#rate = this.#rate === null ? rate : this.#rate * 0.6 + rate * 0.4;
    this.#bytes = bytes;
    this.#at = at;
    return this.#rate;
  }
}
