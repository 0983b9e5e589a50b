import { isStaff } from '../access/policy.ts';
import type { Audience } from '../access/viewer.ts';
import type { TalkSignal } from '../comments/types.ts';
import { closable, openDoorbell } from '../platform/events/doorbell.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Talk } from './types.ts';

/** Who said that they are writing, and then nothing more, is taken to have left off after this. */
const typingMs = 6_000;
const idleMs = 15_000;

type Typing = { personId: string; audience: Audience; untilMs: number };

/**
 * Who writes a comment on a task now, and that somebody of the client has read on: signals between those who have it
 * open, on any node; nothing is stored. Clients hear of shared comments alone, and of nobody's reading but their own, on
 * another device.
 * Throws NOT_FOUND for a task that is not the viewer's to see.
 */
export async function talk(ctx: Ctx, taskId: string) {
  const isReadable = async () => (await taskLoader(ctx).load(taskId)) !== null;
  if (!(await isReadable())) throw new ApiError('NOT_FOUND');
  const topic = `talk:${taskId}` as const;
  const hearsAll = isStaff(ctx.viewer);
  const writers = new Map<string, Typing>();
  let readAt: Date | null = null;
  let readOnAt: Date | null = null;

  const bell = openDoorbell(ctx.bus, topic);
  const stop = ctx.bus.on(topic, (payload) => {
    if (payload === undefined) return;
    const signal = payload as TalkSignal;
    if (signal.kind === 'read') {
      if (signal.personId === ctx.viewer.personId) readOnAt = ctx.clock.now();
      else if (hearsAll && signal.isOfClient) readAt = ctx.clock.now();
      return;
    }
    const { personId, audience } = signal;
    if (personId === ctx.viewer.personId || (audience === 'INTERNAL' && !hearsAll)) return;
    if (signal.kind === 'stopped') writers.delete(personId + audience);
    else writers.set(personId + audience, { personId, audience, untilMs: performance.now() + typingMs });
  });

  /** Until the first of those who write is taken to have left off. */
  const patience = () =>
    Math.max(1, Math.min(idleMs, ...[...writers.values()].map(({ untilMs }) => untilMs - performance.now())));

  async function* messages(): AsyncGenerator<Talk, void, void> {
    let told: string | null = null;
    let reads = 0;
    let lastRead: (Date | null)[] = [null, null];
    for (;;) {
      for (const [key, { untilMs }] of writers) if (untilMs <= performance.now()) writers.delete(key);
      if (readAt !== lastRead[0] || readOnAt !== lastRead[1]) reads += 1;
      lastRead = [readAt, readOnAt];
      const typing = [...writers.values()].map(({ personId, audience }) => ({ personId, audience }));
      const now = JSON.stringify([typing, reads]);
      if (now !== told) {
        told = now;
        ctx.loaders.clear();
        // A task that was made internal meanwhile is no longer this reader's.
        if (!(await isReadable())) return;
        yield Object.assign(new Talk(), { typing, readAt, readOnAt });
      }
      if ((await bell.wait(patience())) === 'closed') return;
    }
  }

  return closable(messages(), () => {
    stop();
    bell.close();
  });
}
