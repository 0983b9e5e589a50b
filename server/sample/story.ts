import type { AnswerGiven } from '../submissions/forms/commands.ts';
import type { AccountKey, PersonKey } from './cast.ts';
import type { World } from './recorded.ts';
import { workdayAfter, workdayBefore } from './workdays.ts';

/** Acts on what a task asks for that is no file and no address, and on tasks that ask for nothing. */
export type InputAct =
  | { do: 'fillForm'; task: string; answers: AnswerGiven[] }
  /** Hands secrets in; where they are tried, `world` is what answered. */
  | { do: 'giveCredentials'; task: string; values: Record<string, string>; world: World }
  | { do: 'agree'; task: string; remark: string }
  | { do: 'proposeTimes'; task: string; times: Date[] }
  | { do: 'pickTime'; task: string }
  | { do: 'complete'; task: string }
  | { do: 'flagStuck'; task: string; side: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY'; reason: string };

/** What a client says of a milestone: that of the phase of a task. */
export type MilestoneAct =
  | { do: 'signOff'; task: string; note: string }
  | { do: 'rate'; task: string; score: number; words: string };

/** One thing that somebody did, as the commands know it. Tasks are named by their key in the playbook. */
export type Act =
  | { do: 'deliverFile'; task: string; name: string; content: string }
  | { do: 'deliverUrl'; task: string; url: string }
  /** Hands in a place that is looked at, and what it answered then. */
  | { do: 'deliverPlace'; task: string; given: CheckGiven; world: World }
  /** The same place, as it answered later. */
  | { do: 'lookAgain'; task: string; world: World }
  | { do: 'approve'; task: string }
  | { do: 'requestChanges'; task: string; reason: string }
  | { do: 'start'; task: string }
  | { do: 'assign'; task: string; to: PersonKey }
  /** Whoever has the turn says by which day it will be done. */
  | { do: 'promise'; task: string; on: string }
  | { do: 'comment'; task: string; audience: 'SHARED' | 'INTERNAL'; text: string }
  | { do: 'writeNote'; task: string; paragraphs: string[] }
  | InputAct
  | MilestoneAct;

/** A domain or an address. */
type CheckGiven = { domain?: string; url?: string };

export type Step = { at: Date; account: AccountKey; by: PersonKey; act: Act };

const minutesPerAct = 4;

/** Writes down who did what, and when, counted in working days since the signature; what happens on a day is in the past. */
export class Story {
  readonly steps: Step[] = [];
  #at = 0;

  constructor(
    private readonly account: AccountKey,
    private readonly signedWorkdaysAgo: number,
    private readonly now: Date,
  ) {}

  /** Working day `day` after the signature, at a time of day in UTC. */
  on(day: number, time: string): this {
    this.#at = Date.parse(`${workdayBefore(this.now, this.signedWorkdaysAgo - day)}T${time}:00Z`);
    return this;
  }

  /** The day that the story has come to (YYYY-MM-DD). */
  get today(): string {
    return new Date(this.#at).toISOString().slice(0, 10);
  }

  file(by: PersonKey, task: string, name: string, content: string): this {
    return this.#add(by, { do: 'deliverFile', task, name, content });
  }

  url(by: PersonKey, task: string, url: string): this {
    return this.#add(by, { do: 'deliverUrl', task, url });
  }

  place(by: PersonKey, task: string, given: CheckGiven, world: World): this {
    return this.#add(by, { do: 'deliverPlace', task, given, world });
  }

  lookAgain(by: PersonKey, task: string, world: World): this {
    return this.#add(by, { do: 'lookAgain', task, world });
  }

  approve(by: PersonKey, task: string): this {
    return this.#add(by, { do: 'approve', task });
  }

  requestChanges(by: PersonKey, task: string, reason: string): this {
    return this.#add(by, { do: 'requestChanges', task, reason });
  }

  start(by: PersonKey, task: string): this {
    return this.#add(by, { do: 'start', task });
  }

  assign(by: PersonKey, task: string, to: PersonKey): this {
    return this.#add(by, { do: 'assign', task, to });
  }

  /** For the working day so many after the one that the story has come to. */
  promise(by: PersonKey, task: string, workdaysAhead: number): this {
    return this.#add(by, { do: 'promise', task, on: workdayAfter(this.today, workdaysAhead) });
  }

  say(by: PersonKey, task: string, text: string): this {
    return this.#add(by, { do: 'comment', task, audience: 'SHARED', text });
  }

  /** Only staff see it. */
  sayInside(by: PersonKey, task: string, text: string): this {
    return this.#add(by, { do: 'comment', task, audience: 'INTERNAL', text });
  }

  note(by: PersonKey, task: string, ...paragraphs: string[]): this {
    return this.#add(by, { do: 'writeNote', task, paragraphs });
  }

  fill(by: PersonKey, task: string, answers: AnswerGiven[]): this {
    return this.#add(by, { do: 'fillForm', task, answers });
  }

  entrust(by: PersonKey, task: string, values: Record<string, string>, world: World): this {
    return this.#add(by, { do: 'giveCredentials', task, values, world });
  }

  agree(by: PersonKey, task: string, remark: string): this {
    return this.#add(by, { do: 'agree', task, remark });
  }

  /** Times of the same hour on working days after the one that the story has come to. */
  proposeTimes(by: PersonKey, task: string, ...workdaysAhead: number[]): this {
    const times = workdaysAhead.map((days) => new Date(`${workdayAfter(this.today, days)}T13:00:00Z`));
    return this.#add(by, { do: 'proposeTimes', task, times });
  }

  /** The first of the times that the other side proposed. */
  pickTime(by: PersonKey, task: string): this {
    return this.#add(by, { do: 'pickTime', task });
  }

  complete(by: PersonKey, task: string): this {
    return this.#add(by, { do: 'complete', task });
  }

  signOff(by: PersonKey, task: string, note = ''): this {
    return this.#add(by, { do: 'signOff', task, note });
  }

  rate(by: PersonKey, task: string, score: number, words = ''): this {
    return this.#add(by, { do: 'rate', task, score, words });
  }

  stick(by: PersonKey, task: string, side: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY', reason: string): this {
    return this.#add(by, { do: 'flagStuck', task, side, reason });
  }

  #add(by: PersonKey, act: Act): this {
    this.steps.push({ at: new Date(this.#at), account: this.account, by, act });
    this.#at += minutesPerAct * 60_000;
    return this;
  }
}
