import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { Link, type Place } from './link.ts';

/** People type letter by letter, in turns, at an even pace. */
export type Typing = {
  kind: 'typing';
  /** Per document the sockets in it. */
  documents: Place[][];
  /** Without, only the first of each document writes, and the others read. */
  isEverybodyWriting: boolean;
  /** Letters a second, of all together. */
  perSecond: number;
  seconds: number;
  /** Hands the single times on, to be taken together with those of other rounds. */
  isTold?: boolean;
};

export type Spread = { p50: number; p95: number; p99: number; count: number };
export type TypingOutcome = {
  /** Letters that reached another person, in the window that was measured, and the frames that they came in. */
  deliveries: number;
  frames: number;
  updates: number;
  /** From the keystroke to the other person, and to the word that it is durable; milliseconds. */
  latency: Spread;
  durable: Spread | null;
  /** Of `latency` the single ones, when they were asked for. */
  latencies: number[];
  /** Letters that somebody had not seen when all had been waited for. */
  missing: number;
  /** Of each document: letters that somebody else had seen, and that were said to be durable, up to the end. */
  seen: number[];
  acknowledged: number[];
  generatorShare: number;
};

type Member = { link: Link; document: number; author: Author | null; seen: Map<number, number> };
type Author = ReturnType<typeof newAuthor>;

const clientOf = (document: number, member: number) => document * 1_000 + member + 1;

export async function typing(order: Typing, at: (moment: 'begin' | 'end') => Promise<void>): Promise<TypingOutcome> {
  const authors = new Map<number, Author>();
  const latencies: number[] = [];
  const durables: number[] = [];
  const counts = { deliveries: 0, frames: 0, updates: 0 };
  let isMeasuring = false;
  let closed = 0;
  let isStopped = false;

  function hear(member: Member, update: Uint8Array): void {
    const now = performance.now();
    let isNew = false;
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client === member.author?.client) continue;
      const from = member.seen.get(id.client) ?? 0;
      const sentAt = authors.get(id.client)?.sentAt ?? [];
      for (let clock = from; clock < id.clock + length; clock++) {
        isNew = true;
        if (!isMeasuring) continue;
        counts.deliveries += 1;
        latencies.push(now - (sentAt[clock] ?? now));
      }
      member.seen.set(id.client, Math.max(from, id.clock + length));
    }
    if (isMeasuring && isNew) counts.frames += 1;
  }

  const members = order.documents.flatMap((places, document) =>
    places.map((place, index): Member => {
      const isWriting = order.isEverybodyWriting || index === 0;
      const author = isWriting ? newAuthor(clientOf(document, index)) : null;
      if (author) authors.set(author.client, author);
      const member: Member = { link: new Link(place), document, author, seen: new Map() };
      member.link.onClose = () => {
        closed += 1;
      };
      member.link.onUpdate = (update) => hear(member, update);
      member.link.onSaved = (count) => {
        if (!author) return;
        for (const now = performance.now(); author.durable < count; author.durable++)
          if (isMeasuring) durables.push(now - (author.sentAt[author.durable] ?? now));
      };
      return member;
    }),
  );
  await inPortions(members, 50, (member) => member.link.enter());

  const writing = members.filter((member) => member.author);
  const step = stride(writing.length);
  const started = performance.now();
  let sent = 0;
  const type = () => {
    const due = Math.min(((performance.now() - started) / 1_000) * order.perSecond, sent + 500);
    for (; sent < due && !isStopped; sent++) {
      // Neighbours in the list share a document: stepped through so that they do not speak at the same moment.
      const { link, author } = writing[(sent * step) % writing.length] as Member & { author: Author };
      author.doc.getText(String(author.client)).insert(author.sentAt.length, 'x');
      author.sentAt.push(performance.now());
      link.write(author.last);
      if (isMeasuring) counts.updates += 1;
    }
  };
  const timer = setInterval(type, 2);
  // Long enough for what runs often to be compiled.
  await wait(2_000);
  await at('begin');
  isMeasuring = true;
  const [begun, used] = [performance.now(), process.cpuUsage()];
  await wait(order.seconds * 1_000);
  isMeasuring = false;
  const took = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  // Goes on typing: a server that is killed now is killed in the middle of it.
  await at('end');
  isStopped = true;
  clearInterval(timer);

  const isThere = (member: Member) =>
    order.documents[member.document]!.every((_, index) => {
      const client = clientOf(member.document, index);
      return (
        client === member.author?.client || (member.seen.get(client) ?? 0) >= (authors.get(client)?.sentAt.length ?? 0)
      );
    });
  const until = performance.now() + 2_000;
  // From a server that was killed nothing more will come.
  while (performance.now() < until && closed < members.length && !members.every(isThere)) await wait(20);
  const missing = members.filter((member) => !isThere(member)).length;
  for (const { link } of members) link.close();
  return {
    ...counts,
    latency: spreadOf(latencies),
    latencies: order.isTold ? latencies : [],
    durable: durables.length === 0 ? null : spreadOf(durables),
    missing,
    seen: order.documents.map((_, document) =>
      Math.max(
        ...members.filter((one) => one.document === document).map((one) => one.seen.get(clientOf(document, 0)) ?? 0),
      ),
    ),
    acknowledged: order.documents.map((_, document) => authors.get(clientOf(document, 0))?.durable ?? 0),
    generatorShare: (user + system) / 1_000 / took,
  };
}

function newAuthor(client: number) {
  const doc = new Y.Doc();
  doc.clientID = client;
  const author = { client, doc, sentAt: [] as number[], durable: 0, last: new Uint8Array() as Uint8Array };
  doc.on('update', (update: Uint8Array) => {
    author.last = update;
  });
  return author;
}

/** A step that shares no divisor with the number of writers, and is far from small. */
function stride(count: number): number {
  for (let step = Math.floor(count / 2) + 1; step < count; step++) if (divisor(step, count) === 1) return step;
  return 1;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

async function inPortions<T>(all: readonly T[], size: number, run: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += size) await Promise.all(all.slice(from, from + size).map(run));
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}
