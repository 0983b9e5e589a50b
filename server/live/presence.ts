import { randomUUID } from 'node:crypto';
import { journeyLoader } from '../journeys/queries.ts';
import { closable, openDoorbell } from '../platform/events/doorbell.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Presence } from './types.ts';

const announceEveryMs = 10_000;
/** Somebody whose node died is gone after this. */
const goneAfterMs = 35_000;

/**
 * Signals between the subscribers of one task or map, on any node; nothing is stored:
 *   hello  somebody opened it: everybody answers with `here`
 *   here   somebody has it open; repeated every 10 seconds
 *   bye    somebody closed it
 */
type Signal = { kind: 'hello' | 'here' | 'bye'; connectionId: string; personId: string };

/** Who has a task open. Being subscribed is being here. Throws NOT_FOUND for a task that is not the viewer's to see. */
export function presence(ctx: Ctx, taskId: string) {
  return presenceAt(ctx, taskId, async () => (await taskLoader(ctx).load(taskId)) !== null);
}

/** Who has a map open, in the same way. */
export function journeyPresence(ctx: Ctx, journeyId: string) {
  return presenceAt(ctx, journeyId, async () => (await journeyLoader(ctx).load(journeyId)) !== null);
}

async function presenceAt(ctx: Ctx, id: string, isReadable: () => Promise<boolean>) {
  if (!(await isReadable())) throw new ApiError('NOT_FOUND');
  const topic = `presence:${id}` as const;
  const connectionId = randomUUID();
  const { personId, viewedBy } = ctx.viewer;
  const here = new Map<string, { personId: string; seenAtMs: number }>();
  const say = (kind: Signal['kind']) => {
    // Whoever looks through another's eyes is not here, and the other is not either.
    if (viewedBy === null) ctx.bus.signal(topic, { kind, connectionId, personId } satisfies Signal);
  };

  const bell = openDoorbell(ctx.bus, topic);
  const stop = ctx.bus.on(topic, (payload) => {
    // A ring without a signal: somebody's rights to see the task changed.
    if (payload === undefined) return;
    const signal = payload as Signal;
    if (signal.kind === 'bye') here.delete(signal.connectionId);
    else here.set(signal.connectionId, { personId: signal.personId, seenAtMs: performance.now() });
    if (signal.kind === 'hello' && signal.connectionId !== connectionId) say('here');
  });
  const announce = setInterval(() => say('here'), announceEveryMs);
  const leave = () => {
    clearInterval(announce);
    stop();
    bell.close();
    say('bye');
  };
  say('hello');

  async function* messages(): AsyncGenerator<Presence, void, void> {
    let told = '';
    for (;;) {
      for (const [id, { seenAtMs }] of here) if (performance.now() - seenAtMs > goneAfterMs) here.delete(id);
      const personIds = [...new Set([personId, ...[...here.values()].map((entry) => entry.personId)])].sort();
      if (personIds.join() !== told) {
        told = personIds.join();
        ctx.loaders.clear();
        yield Object.assign(new Presence(), { personIds });
      }
      if ((await bell.wait(announceEveryMs)) === 'closed') return;
      ctx.loaders.clear();
      if (!(await isReadable())) return;
    }
  }

  return closable(messages(), leave);
}
