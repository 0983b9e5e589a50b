import { setTimeout as wait } from 'node:timers/promises';
import type { Viewer } from '../../access/viewer.ts';
import { maxReplay } from '../../platform/events/feed.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { CaughtUp, Heartbeat, Reload } from '../types.ts';
import type { Member } from './member.ts';
import { seenBy } from './rightsClass.ts';
import type { Message, Source } from './source.ts';
import type { LogWindow } from './window.ts';

/** What may wait to be read by one reader before nothing more is sent to it. */
const maxWaitingBytes = 256 * 1024;
const drainedBytes = 16 * 1024;
const lookAgainMs = 100;
/** Who lacks as much as this is told how far the log has come before it is given any of it. */
const worthSaying = 5;
/** How many people's own answers are made at a time. */
const atOnce = 8;

type Options<Item> = {
  services: Services;
  source: Source<Item>;
  window: LogWindow<Item>;
  /** Executes and serialises the operation of this group. */
  answer: (ctx: Ctx, message: Message) => Promise<Buffer>;
  onEmpty: () => void;
};

/**
 * Everybody who follows one log with the same operation and the same rights. An event is loaded, executed and serialised
 * once for all of them; where the answer turned out to depend on the person, once a person.
 */
export class Group<Item> {
  readonly #options: Options<Item>;
  readonly #members = new Set<Member>();
  /** Kinds whose answers depended on the person at least once. */
  readonly #personal = new Set<string>();
  /** Answers since the last ring: many who come back at once miss the same. */
  #answered = new Map<number, Promise<Buffer | null>>();
  #last: number;
  #isRung = false;
  #isBeating = false;
  #isWorking = false;

  constructor(options: Options<Item>) {
    this.#options = options;
    this.#last = options.window.end;
  }

  join(member: Member): void {
    this.#members.add(member);
    void this.#guarded(() => this.#bringUp(member));
  }

  leave(member: Member): void {
    member.state = 'ended';
    if (!this.#members.delete(member)) return;
    if (this.#members.size === 0) this.#options.onEmpty();
  }

  /** Something may have happened. */
  ring(): void {
    this.#answered.clear();
    this.#isRung = true;
    if (!this.#isWorking) void this.#guarded(() => this.#work());
  }

  /** Looks whether a ring was lost, and tells everybody how far the log has come. */
  beat(): void {
    this.#isBeating = true;
    this.ring();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      while (this.#isRung && this.#members.size > 0) {
        this.#isRung = false;
        const isBeating = this.#isBeating;
        this.#isBeating = false;
        await this.#sendOn();
        if (isBeating) await this.#tellHead();
      }
    } finally {
      this.#isWorking = false;
    }
  }

  async #sendOn(): Promise<void> {
    const { window, source } = this.#options;
    for (let isFirst = true; ; isFirst = false) {
      const items = await window.after(this.#last);
      // After the reading: who lost the right to read before something happened is not told of it.
      if (isFirst || items.length > 0) await this.#endWhoMayNot();
      if (items.length === 0) return;
      for (const item of items) {
        this.#last = source.numberOf(item);
        await this.#sendItem(item, this.#last);
      }
    }
  }

  async #sendItem(item: Item, number: number): Promise<void> {
    const waiting = () => [...this.#members].filter((member) => isLive(member) && member.last < number);
    const shared = await this.#sharedAnswer(item, number, waiting()[0]);
    if (shared) {
      for (const member of waiting()) this.#send(member, shared, number);
      return;
    }
    const people = new Map<string, Member[]>();
    for (const member of waiting()) {
      const { personId } = member.ctx.viewer;
      people.set(personId, [...(people.get(personId) ?? []), member]);
    }
    await inTurns([...people.values()], async (theirs) => {
      const [one] = theirs;
      if (!one) return;
      const own = await this.#ownAnswer(one, item);
      for (const member of theirs) if (isLive(member) && member.last < number) this.#send(member, own, number);
    });
  }

  /** The answer for everybody of the group; null when it depends on the person. */
  #sharedAnswer(item: Item, number: number, member: Member | undefined): Promise<Buffer | null> {
    const { source, answer } = this.#options;
    if (!member || this.#personal.has(source.kindOf(item))) return Promise.resolve(null);
    const known = this.#answered.get(number);
    if (known) return known;
    const made = seenBy(member.ctx.viewer, (viewer) => {
      const ctx = this.#ctxOf(viewer);
      return answer(ctx, source.message(ctx, item));
    }).then(({ value, isShared }) => {
      if (!isShared) this.#personal.add(source.kindOf(item));
      return isShared ? value : null;
    });
    this.#answered.set(number, made);
    return made;
  }

  #ownAnswer(member: Member, item: Item): Promise<Buffer> {
    const ctx = this.#ctxOf(member.ctx.viewer);
    return this.#options.answer(ctx, this.#options.source.message(ctx, item));
  }

  /** Every answer is loaded afresh: what an earlier one loaded is older than its event. */
  #ctxOf(viewer: Viewer): Ctx {
    return { ...this.#options.services, viewer, loaders: new Map() };
  }

  #send(member: Member, answer: Buffer, number: number): void {
    member.last = number;
    member.sink.send(answer);
    this.#watch(member);
  }

  /** Nothing more is sent to somebody who does not read, but for how far the log has come. */
  #watch(member: Member): void {
    if (member.sink.waitingBytes() <= maxWaitingBytes) return;
    member.state = 'behind';
    void this.#guarded(async () => {
      await this.#sayHead(member, this.#options.window.end);
      await this.#bringUp(member, true);
    });
  }

  /** Gives a reader what it lacks, from its own place on, until it has what the group has. */
  async #bringUp(member: Member, knowsHead = false): Promise<void> {
    const { window, source } = this.#options;
    const head = await source.head(this.#ctxOf(member.ctx.viewer));
    if (head === null) return this.#end(member);
    await this.#startOver(member, head);
    if (!knowsHead && head - member.last >= worthSaying) await this.#sayHead(member, head);
    while (member.state === 'behind') {
      await drained(member);
      const items = await window.after(member.last);
      if (items.length > 0 && (await source.head(this.#ctxOf(member.ctx.viewer))) === null) return this.#end(member);
      for (const item of items) {
        const number = source.numberOf(item);
        const answer = (await this.#sharedAnswer(item, number, member)) ?? (await this.#ownAnswer(member, item));
        await drained(member);
        if (member.state !== 'behind') return;
        member.sink.send(answer);
        member.last = number;
      }
      if (items.length > 0 || member.last < this.#last) continue;
      const place = source.place(member.last);
      const answer = await this.#answerAll(member, Object.assign(new CaughtUp(), place));
      // The group may have gone on while this was written: then there is more to give first.
      if (member.state !== 'behind' || member.last < this.#last) continue;
      member.sink.send(answer);
      member.state = 'live';
    }
  }

  /** Tells a reader whose place cannot be replayed to load everything anew, and goes on from the head. */
  async #startOver(member: Member, head: number): Promise<void> {
    const isAhead = member.last > head;
    if (!isAhead && head - member.last <= maxReplay) return;
    member.last = head;
    const reason = isAhead ? 'LOG_RESTORED' : 'TOO_FAR_BEHIND';
    const { source } = this.#options;
    const reload = Object.assign(new Reload(), { reason, ...source.place(head) });
    const answer = await this.#answerAll(member, reload);
    if (member.state === 'behind') member.sink.send(answer);
  }

  async #endWhoMayNot(): Promise<void> {
    const [first] = this.#members;
    if (!first) return;
    const { source } = this.#options;
    const { value: head, isShared } = await seenBy(first.ctx.viewer, (viewer) => source.head(this.#ctxOf(viewer)));
    if (isShared) {
      if (head === null) for (const member of [...this.#members]) this.#end(member);
      return;
    }
    await inTurns([...this.#members], async (member) => {
      if ((await source.head(this.#ctxOf(member.ctx.viewer))) === null) this.#end(member);
    });
  }

  /** Says to everybody how far the log has come. */
  async #tellHead(): Promise<void> {
    const live = () => [...this.#members].filter(isLive);
    const [first] = live();
    if (!first) return;
    const answer = await this.#headAnswer(first, this.#options.window.end);
    for (const member of live()) {
      member.sink.send(answer);
      this.#watch(member);
    }
  }

  async #sayHead(member: Member, head: number): Promise<void> {
    const answer = await this.#headAnswer(member, head);
    if (member.state !== 'ended') member.sink.send(answer);
  }

  #headAnswer(member: Member, head: number): Promise<Buffer> {
    return this.#answerAll(member, Object.assign(new Heartbeat(), this.#options.source.place(head)));
  }

  /** What is said of the stream itself: it holds nothing of anybody. */
  #answerAll(member: Member, message: Message): Promise<Buffer> {
    return this.#options.answer(this.#ctxOf(member.ctx.viewer), message);
  }

  #end(member: Member): void {
    if (member.state === 'ended') return;
    this.leave(member);
    member.sink.end();
  }

  /** A log that cannot be read now ends its streams: readers come back with their place, and lose nothing. */
  async #guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#options.services.log.error({ err: error, source: this.#options.source.name }, 'a live stream failed');
      for (const member of [...this.#members]) this.#end(member);
    }
  }
}

function isLive(member: Member): boolean {
  return member.state === 'live';
}

/** Waits until a reader has read most of what was sent to it. Its socket's own pings end one that never does. */
async function drained(member: Member): Promise<void> {
  if (member.sink.waitingBytes() <= maxWaitingBytes) return;
  while (member.state !== 'ended' && member.sink.waitingBytes() > drainedBytes) {
    await wait(lookAgainMs, undefined, { ref: false });
  }
}

async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += atOnce) await Promise.all(all.slice(i, i + atOnce).map(act));
}
