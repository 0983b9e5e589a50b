import type { Topic } from '../../platform/bus/bus.ts';
import type { Ctx } from '../../platform/services.ts';
import type { CaughtUp, Change, Heartbeat, Reload } from '../types.ts';

export type Message = Change | CaughtUp | Heartbeat | Reload;

/** Where a message stands: the position of a project or an inbox, or the cursor of the company's stream. */
export type Place = { position: number | null; cursor: string | null };

/**
 * A numbered, dense log and how its readers know it. Everything but `head` is the same for all who read under one `name`.
 */
export type Source<Item> = {
  /** Names the slice and its numbering: who reads under one name counts alike. */
  readonly name: string;
  /** What rings when something was added. */
  readonly topic: Topic;
  /** How far the log has come; null when this reader may not, or no longer, read it. */
  head(ctx: Ctx): Promise<number | null>;
  /** What came after a number, in order, without a gap. */
  read(ctx: Pick<Ctx, 'db'>, after: number, limit: number): Promise<Item[]>;
  numberOf(item: Item): number;
  /** What kind of thing it is: what is shown of one kind asks the same questions. */
  kindOf(item: Item): string;
  place(number: number): Place;
  message(ctx: Ctx, item: Item): Message;
};

/**
 * What a subscription to a log is until somebody follows it. GraphQL takes it for a stream of events, which it is not
 * yet: `follow` of the fan-out makes it one.
 */
export class LogStream<Item = unknown> implements AsyncIterable<never> {
  constructor(
    readonly ctx: Ctx,
    readonly source: Source<Item>,
    /** The last number seen; null: from now on. */
    readonly after: number | null,
    /** How far the log had come when this was asked for. */
    readonly head: number,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('A log is followed through the fan-out.');
  }
}
