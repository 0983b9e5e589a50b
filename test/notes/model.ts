import { EventEmitter } from 'node:events';
import * as decoding from 'lib0/decoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { identityOf } from '../../server/notes/identity.ts';
import { type NoteLimits, noteLimits } from '../../server/notes/limits.ts';
import { Peer } from '../../server/notes/peer.ts';
import { closeCodes, readMessage, step1Frame, step2Frame, updateFrame } from '../../server/notes/protocol.ts';
import type { RoomNote } from '../../server/notes/queries.ts';
import type { Room } from '../../server/notes/room.ts';
import { createRooms, type Rooms } from '../../server/notes/rooms.ts';
import { loadNote, type Pool } from '../../server/notes/store.ts';
import type { Services } from '../../server/platform/services.ts';
import { eventually } from '../support/eventually.ts';

/*
 * A note under everything that may happen to it, by chance from a seed: five people type and delete, with and without a
 * connection; sockets break; readers stop reading; somebody loses their rights; the database refuses, or commits and its
 * answer is lost; the server restarts in order or dies in the middle. Rooms, peers, batches, appender and store are the
 * product's, the database is a real one; only the sockets are made up, so that a run takes milliseconds.
 */
export const modelLimits: NoteLimits = {
  ...noteLimits,
  compactAfterUpdates: 6,
  waitingBytes: 300_000,
  retryMs: { first: 1, longest: 4 },
  quietMs: 60_000,
};

export type Chance = () => number;

/** mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One life of the server: its rooms, on a database that may fail it. */
class Life {
  /** How many of the next statements are refused, and how many are carried out without an answer. */
  refused = 0;
  unanswered = 0;
  isDead = false;
  readonly rooms: Rooms;

  constructor(services: Services) {
    const run = async <T>(statement: () => Promise<T>): Promise<T> => {
      if (this.isDead) throw lostConnection();
      if (this.refused > 0) {
        this.refused -= 1;
        throw lostConnection();
      }
      const isUnanswered = this.unanswered > 0;
      if (isUnanswered) this.unanswered -= 1;
      const answer = await statement();
      if (isUnanswered || this.isDead) throw lostConnection();
      return answer;
    };
    const failing =
      (owner: unknown, call: (...given: never[]) => unknown) =>
      (...given: unknown[]) =>
        run(async () => Reflect.apply(call, owner, given));
    const db = new Proxy(services.db as Pool, {
      get(target, name) {
        if (name === '$client') return { unsafe: failing(target.$client, target.$client.unsafe) };
        return name === 'transaction' ? failing(target, target.transaction) : Reflect.get(target, name);
      },
    });
    this.rooms = createRooms({ ...services, db }, modelLimits);
  }

  /** As SIGKILL: nothing that it does from now on reaches the database or anybody. */
  die(): void {
    this.isDead = true;
    void this.rooms.close();
  }
}

function lostConnection(): Error {
  return Object.assign(new Error('The connection was lost.'), { code: 'CONNECTION_CLOSED' });
}

/** Both ends of a socket. What the server sends waits until the client reads it. */
class Line extends EventEmitter {
  readyState = 1;
  bufferedAmount = 0;
  readonly arriving: Uint8Array[] = [];
  code: number | null = null;

  constructor(readonly onArrival: () => void) {
    super();
  }
  send(message: Uint8Array): void {
    this.arriving.push(message);
    this.bufferedAmount += message.byteLength;
    this.onArrival();
  }
  ping(): void {}
  pause(): void {}
  resume(): void {}
  close(code: number): void {
    this.code ??= code;
    this.terminate();
  }
  terminate(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onArrival();
  }
}

/** Somebody with the note open, who speaks as y-websocket's provider does, and remembers what they were promised. */
class Person {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText('t');
  isReading = true;
  isRevoked = false;
  /** Own letters that were said to be durable, and of everybody the letters that the server has shown. */
  acknowledged = 0;
  readonly shown = new Map<number, number>();
  /** Own letters when the right to write was taken. */
  writtenWithRight = Number.POSITIVE_INFINITY;
  #line: Line | null = null;
  #peer: Peer | null = null;
  #room: Room | null = null;
  /** Own letters when each unconfirmed message of this socket was sent. */
  #underWay: number[] = [];
  /** How many messages had been sent when the one went out that carries all that the server lacked; null: not yet. */
  #wholeAfter: number | null = null;
  #confirmed = 0;
  #isSynced = false;

  constructor(
    readonly id: number,
    readonly personId: string,
    readonly note: RoomNote,
  ) {
    this.doc.clientID = id;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#line?.readyState === 1) this.#write(updateFrame(update));
    });
  }

  get isOnline(): boolean {
    return this.#line !== null;
  }

  get letters(): number {
    return Y.getState(this.doc.store, this.id);
  }

  get isSettled(): boolean {
    return this.#isSynced && this.#underWay.length === 0 && this.#line?.arriving.length === 0;
  }

  connect({ rooms }: Life): void {
    if (this.#line || this.isRevoked) return;
    const line = new Line(() => setImmediate(() => this.read()));
    this.#line = line;
    this.#underWay = [];
    this.#confirmed = 0;
    this.#wholeAfter = null;
    this.#isSynced = false;
    const options = {
      sessionId: this.personId,
      identity: identityOf(this.personId, `Person ${this.id}`),
      canEdit: true,
      isUnseen: false,
      wantsAcks: true,
      limits: modelLimits,
    };
    this.#peer = new Peer(line as unknown as WebSocket, options);
    this.#room = rooms.join(this.note, this.#peer);
    this.#say(step1Frame(Y.encodeStateVector(this.doc)));
  }

  fallBehind(): void {
    if (this.#line) this.#line.bufferedAmount += modelLimits.waitingBytes;
  }

  disconnect(): void {
    this.#line?.terminate();
    this.#leave();
  }

  /** As the handshake's owner does it when rights end: from then on nothing of theirs counts, whatever they send. */
  revoke(): void {
    this.isRevoked = true;
    this.writtenWithRight = this.letters;
    if (!this.#peer || !this.#line) return;
    this.#peer.canEdit = false;
    this.text.insert(0, 'no longer allowed');
    this.#peer.end(closeCodes.revoked);
  }

  read(): void {
    const line = this.#line;
    if (!line) return;
    while (this.isReading && line.readyState === 1) {
      const message = line.arriving.shift();
      if (!message) break;
      line.bufferedAmount -= message.byteLength;
      this.#hear(message);
    }
    if (line.readyState === 3) this.#leave();
  }

  #hear(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const kind = decoding.readVarUint(decoder);
    if (kind === 100) {
      decoding.readVarUint(decoder);
      const count = decoding.readVarUint(decoder);
      const letters = this.#underWay.splice(0, count - this.#confirmed).at(-1) ?? this.acknowledged;
      this.#confirmed = count;
      // Letters that were written before, without a connection, are not saved until the message that carries them is.
      if (this.#wholeAfter !== null && count > this.#wholeAfter) this.acknowledged = letters;
    }
    if (kind !== 0) return;
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (step === 0) {
      this.#wholeAfter ??= this.#confirmed + this.#underWay.length;
      this.#write(step2Frame(Y.encodeStateAsUpdate(this.doc, payload)));
      return;
    }
    Y.applyUpdate(this.doc, payload, this);
    // What waits for letters before it is not shown.
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.doc)))
      if (client !== this.id) this.shown.set(client, clock);
    if (step === 1) this.#isSynced = true;
  }

  #write(message: Uint8Array): void {
    this.#underWay.push(this.letters);
    this.#say(message);
  }

  #say(message: Uint8Array): void {
    if (this.#peer) this.#room?.receive(this.#peer, readMessage(message));
  }

  #leave(): void {
    if (this.#peer) this.#room?.leave(this.#peer);
    this.#line = null;
    this.#peer = null;
    this.#room = null;
  }
}

export type ModelWorld = { note: RoomNote; personIds: readonly string[] };

/** One run. Throws, naming the seed, at the first thing that is not as promised. */
export async function runNotesModel(services: Services, world: ModelWorld, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  const upTo = (most: number) => Math.floor(chance() * most);
  const people = world.personIds.map((personId, index) => new Person(index + 1, personId, world.note));
  const done: string[] = [];
  let life = new Life(services);

  function mustHold(isSo: boolean, what: string): void {
    if (!isSo) throw new Error(`Seed ${seed}: ${what}. What was done: ${done.join(', ')}`);
  }

  /** Whatever somebody was shown or promised is in the database, whoever has died meanwhile. */
  async function promisesAreKept(): Promise<void> {
    const { doc } = await loadNote(services, world.note);
    for (const person of people) {
      const own = Y.getState(doc.store, person.id);
      mustHold(own >= person.acknowledged, `${person.acknowledged} of ${person.id} were saved, ${own} are there`);
      mustHold(own <= person.writtenWithRight, `${person.id} wrote without the right to`);
      for (const [id, letters] of person.shown)
        mustHold(Y.getState(doc.store, id) >= letters, `${person.id} saw ${letters} of ${id}, which are lost`);
    }
    doc.destroy();
  }

  function edit(person: Person): void {
    const times = 1 + upTo(3);
    const change = () => {
      for (let i = 0; i < times; i++) {
        const at = upTo(person.text.length + 1);
        if (chance() < 0.3 && person.text.length > at) person.text.delete(at, 1 + upTo(person.text.length - at));
        else person.text.insert(at, 'abcdefgh'.slice(0, 1 + upTo(8)));
      }
    };
    if (chance() < 0.5) person.doc.transact(change);
    else change();
  }

  const acts: [weight: number, name: string, run: (person: Person) => void | Promise<void>][] = [
    [50, 'edit', (person) => (person.isRevoked ? undefined : edit(person))],
    [12, 'connect', (person) => person.connect(life)],
    [6, 'disconnect', (person) => person.disconnect()],
    [4, 'stop reading', stopReading],
    [6, 'read', (person) => read(person)],
    [2, 'flood', (person) => (person.isRevoked ? undefined : person.text.insert(0, 'f'.repeat(9_000)))],
    [4, 'refuse', refuse],
    [4, 'lose an answer', loseAnAnswer],
    [1, 'revoke', (person) => (people.filter((one) => !one.isRevoked).length > 2 ? person.revoke() : undefined)],
    [3, 'restart', restart],
    [3, 'die', die],
  ];

  function stopReading(person: Person): void {
    person.isReading = false;
    // Now and then so much waits for them already that they are cut by the next word.
    if (chance() < 0.4) person.fallBehind();
  }

  function refuse(): void {
    life.refused += 1 + upTo(3);
  }

  function loseAnAnswer(): void {
    life.unanswered += 1;
  }

  function read(person: Person): void {
    person.isReading = true;
    person.read();
  }

  async function restart(): Promise<void> {
    await life.rooms.close();
    life = new Life(services);
    await promisesAreKept();
  }

  async function die(): Promise<void> {
    life.die();
    for (const person of people) person.disconnect();
    life = new Life(services);
    await promisesAreKept();
  }

  function chosen(at: number) {
    let passed = 0;
    for (const act of acts) {
      passed += act[0];
      if (at < passed) return act;
    }
    throw new Error('Chance is below one.');
  }

  const weights = acts.reduce((sum, [weight]) => sum + weight, 0);
  for (const person of people) person.connect(life);
  const steps = 20 + upTo(40);
  for (let step = 0; step < steps; step++) {
    const [, name, act] = chosen(chance() * weights);
    const person = people[upTo(people.length)]!;
    done.push(`${name} ${person.id}`);
    await act(person);
    for (let turns = upTo(4); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    // Now and then long enough for what is under way to be stored.
    if (chance() < 0.15) await new Promise((resolve) => setTimeout(resolve, 3));
  }

  done.push('the end');
  life.refused = 0;
  life.unanswered = 0;
  const present = people.filter((person) => !person.isRevoked);
  await eventually(() => {
    for (const person of present) {
      read(person);
      person.connect(life);
    }
    return present.every((person) => person.isSettled && person.text.toString() === present[0]?.text.toString());
  }).catch((error: unknown) => mustHold(false, `not the same for everybody (${String(error)})`));
  await promisesAreKept();
  const text = present[0]?.text.toString();
  for (const person of people) person.disconnect();
  await life.rooms.close();
  const { doc } = await loadNote(services, world.note);
  mustHold(doc.getText('t').toString() === text, 'the database yields another text');
  const lacking = [...(doc.store.pendingStructs?.missing.keys() ?? [])];
  const isCutOff = (id: number) => people.some((person) => person.id === id && person.isRevoked);
  mustHold(lacking.every(isCutOff), `the database lacks letters of ${lacking.join(' and ')}`);
  doc.destroy();
}
