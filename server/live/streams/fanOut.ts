import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Services } from '../../platform/services.ts';
import { Group } from './group.ts';
import type { Member, Sink } from './member.ts';
import { answerTo, operationOf, rootField, type TellError } from './operation.ts';
import { rightsClassOf } from './rightsClass.ts';
import { LogStream, type Source } from './source.ts';
import { LogWindow } from './window.ts';

/** How long nothing may be said on a stream. */
const beatMs = 15_000;
const logFields: readonly string[] = ['changes', 'overviewChanges', 'inboxChanges'];

export type FanOut = {
  /** Whether this is a subscription to a log, and `follow` the way to it. */
  isLog(args: ExecutionArgs): boolean;
  /**
   * Follows a log: its messages go to the sink. What it resolves to ends when the stream does, and leaves it by
   * `return`; or it is the answer to a subscription that is refused.
   */
  follow(args: ExecutionArgs, sink: Sink): Promise<AsyncIterableIterator<never> | ExecutionResult>;
  /** How many streams are open, and for how many different answers. */
  size(): { members: number; groups: number };
  /** Looks whether a ring was lost, and tells every reader how far its log has come. Every 15 seconds by itself. */
  beat(): void;
  close(): void;
};

/** One log as its readers under one name know it. */
type Followed = { window: LogWindow<unknown>; groups: Map<string, Group<unknown>>; stop: () => void };

/** Brings what happens to everybody who follows it, at the cost of once per operation and rights rather than per reader. */
export function createFanOut(services: Services, schema: GraphQLSchema, tellError: TellError): FanOut {
  const logs = new Map<string, Followed>();
  const members = new Set<Member>();
  const beating = setInterval(beat, beatMs);

  function beat(): void {
    for (const { window, groups } of logs.values()) {
      window.ring();
      for (const group of groups.values()) group.beat();
    }
  }

  function logOf(source: Source<unknown>, head: number): Followed {
    const known = logs.get(source.name);
    if (known) return known;
    const window = new LogWindow(services, source, head);
    const groups = new Map<string, Group<unknown>>();
    const stop = services.bus.on(source.topic, () => {
      window.ring();
      for (const group of groups.values()) group.ring();
    });
    const log = { window, groups, stop };
    logs.set(source.name, log);
    return log;
  }

  function groupOf(stream: LogStream, args: ExecutionArgs, head: number): Group<unknown> {
    const { source, ctx } = stream;
    const log = logOf(source, head);
    const operation = operationOf(args);
    const key = `${operation.key} ${rightsClassOf(ctx.viewer)}`;
    const known = log.groups.get(key);
    if (known) return known;
    const group = new Group({
      services,
      source,
      window: log.window,
      answer: (of, message) => answerTo(schema, operation, of, message, tellError),
      onEmpty: () => {
        log.groups.delete(key);
        if (log.groups.size > 0) return;
        log.stop();
        logs.delete(source.name);
      },
    });
    log.groups.set(key, group);
    return group;
  }

  return {
    isLog: ({ document, operationName }) => logFields.includes(rootField(document, operationName)?.name.value ?? ''),
    async follow(args, sink) {
      const stream = await createSourceEventStream(args);
      if (!(stream instanceof LogStream)) return stream as ExecutionResult;
      // Groups and windows are found without waiting, so that none is given up under a newcomer.
      const group = groupOf(stream, args, stream.head);
      let end = () => {};
      const over = new Promise<{ done: true; value: undefined }>((resolve) => {
        end = () => resolve({ done: true, value: undefined });
      });
      const place = stream.after ?? stream.head;
      const member: Member = { ctx: stream.ctx, state: 'behind', last: place, sink: { ...sink, end } };
      members.add(member);
      void over.then(() => members.delete(member));
      group.join(member);
      const followed: AsyncIterableIterator<never> = {
        next: () => over,
        return: () => {
          group.leave(member);
          end();
          return over;
        },
        [Symbol.asyncIterator]: () => followed,
      };
      return followed;
    },
    size: () => {
      const groups = [...logs.values()].reduce((sum, log) => sum + log.groups.size, 0);
      return { members: members.size, groups };
    },
    beat,
    close() {
      clearInterval(beating);
      for (const { stop } of logs.values()) stop();
    },
  };
}
