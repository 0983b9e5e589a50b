import { closable, openDoorbell } from '../platform/events/doorbell.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { type JourneySeen, journeyLoader, type PartsSeen, partsAfter } from './queries.ts';

/** Rings can be lost: so often a map is looked at without one. */
const lookEveryMs = 15_000;

export type JourneyChanged = { journey: JourneySeen; parts: PartsSeen };

/**
 * What changes on a map after a position, and then live. A message holds all that changed since the one before, so that
 * whoever puts message after message over what they have, has the map as it is: nothing is lost with a ring.
 * Throws NOT_FOUND for a map that is not the viewer's to see; ends when it is not any more.
 */
export async function journeyChanges(ctx: Ctx, journeyId: string, after: number) {
  if (!(await journeyLoader(ctx).load(journeyId))) throw new ApiError('NOT_FOUND');
  const bell = openDoorbell(ctx.bus, 'journeys');

  async function* messages(): AsyncGenerator<JourneyChanged, void, void> {
    let position = Math.max(0, after);
    let told = -1;
    for (;;) {
      ctx.loaders.clear();
      const journey = await journeyLoader(ctx).load(journeyId);
      if (!journey) return;
      const parts = await partsAfter(ctx, journeyId, position);
      position = parts.position;
      const { comments, representatives, decisions, removedIds } = parts;
      const count = [parts.parts, comments, representatives, decisions, removedIds].flat().length;
      if (count > 0 || journey.revision !== told) {
        told = journey.revision;
        yield { journey, parts };
      }
      if ((await bell.wait(lookEveryMs)) === 'closed') return;
    }
  }

  return closable(messages(), () => bell.close());
}
