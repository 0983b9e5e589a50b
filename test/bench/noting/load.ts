import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { Link, type Place } from './link.ts';
import { lastWords, updatesOf } from './trace.ts';
import { type Typing, type TypingOutcome, typing } from './typing.ts';

/*
 * The generator, in a process of its own: one order by message, one outcome back. In between it tells the moments at
 * which the server's processor time is to be read, and waits until that is done.
 */
export type Trace = {
  kind: 'trace';
  writer: Place;
  reader: Place;
  newcomer: Place;
  file: string | null;
  isWhole: boolean;
  seed: number;
};
export type TraceOutcome = {
  edits: number;
  ms: number /** From the open socket to the whole document, and the same from knocking. */;
  loadMs: number[];
  knockMs: number[];
  isEqual: boolean;
  generatorShare: number;
};
/** Looks into documents as a newcomer: what the first state holds of the author's letters, and what comes later. */
export type Look = { kind: 'look'; places: Place[] };
export type LookOutcome = { first: number[]; later: number[] };
export type Order = Typing | Trace | Look;
export type Outcome = TypingOutcome | TraceOutcome | LookOutcome;
export type Moment = 'begin' | 'end';
export type Told = { moment: Moment } | { outcome: Outcome };

/** Tells the parent, and goes on when it has answered. */
async function at(moment: Moment): Promise<void> {
  const answered = new Promise((resolve) => process.once('message', resolve));
  process.send!({ moment } satisfies Told);
  await answered;
}

process.once('message', (order: Order) => {
  void carryOut(order).then((outcome) => process.send!({ outcome } satisfies Told, () => process.exit(0)));
});

function carryOut(order: Order): Promise<Outcome> {
  if (order.kind === 'typing') return typing(order, at);
  return order.kind === 'trace' ? trace(order) : look(order);
}

async function trace({ writer, reader, newcomer, file, isWhole, seed }: Trace): Promise<TraceOutcome> {
  const { updates, text } = updatesOf(file, { isWhole, seed });
  const [from, to] = [new Link(writer), new Link(reader)];
  await Promise.all([from.enter(), to.enter()]);
  const heard: Uint8Array[] = [];
  const end = Buffer.from(lastWords);
  const arrived = new Promise<number>((resolve, reject) => {
    for (const link of [from, to]) link.onClose = (code) => reject(new Error(`A socket was closed with ${code}.`));
    to.onUpdate = (update) => {
      heard.push(update);
      if (Buffer.from(update.buffer, update.byteOffset, update.byteLength).includes(end)) resolve(performance.now());
    };
  });
  await at('begin');
  const [begun, used] = [performance.now(), process.cpuUsage()];
  for (const [index, update] of updates.entries()) {
    from.write(update);
    if (index % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    while (from.waitingBytes > 1_000_000) await wait(1);
  }
  const ms = (await arrived) - begun;
  for (const link of [from, to]) link.onClose = () => {};
  const { user, system } = process.cpuUsage(used);
  await at('end');

  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of heard) Y.applyUpdate(doc, update);
  });
  let isEqual = doc.getText('t').toString() === text;
  const loadMs: number[] = [];
  const knockMs: number[] = [];
  for (let i = 0; i < 9; i++) {
    await wait(30);
    const started = performance.now();
    const third = new Link(newcomer);
    const state = await third.enter();
    const loadedAt = performance.now();
    loadMs.push(loadedAt - third.openedAt);
    knockMs.push(loadedAt - started);
    third.close();
    const loaded = new Y.Doc();
    Y.applyUpdate(loaded, state);
    isEqual &&= loaded.getText('t').toString() === text;
  }
  for (const link of [from, to]) link.close();
  return { edits: updates.length, ms, loadMs, knockMs, isEqual, generatorShare: (user + system) / 1_000 / ms };
}

async function look({ places }: Look): Promise<LookOutcome> {
  const links = places.map((place) => new Link(place));
  const first = await Promise.all(links.map(async (link) => lettersIn(await link.enter())));
  await wait(1_000);
  const later = await Promise.all(links.map(async (link) => lettersIn(await link.ask())));
  for (const link of links) link.close();
  return { first, later };
}

/** Of the one author whom a document has here. */
function lettersIn(state: Uint8Array): number {
  return Math.max(0, ...Y.decodeUpdate(state).structs.map(({ id, length }) => id.clock + length));
}
