import { closable, openDoorbell } from '../../platform/events/doorbell.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { type Draft, draftLoader } from './queries.ts';

const lookAgainMs = 60_000;

/** A form's draft, now and whenever somebody has typed. Ends when the reader may no longer hand the form in. */
export async function draftChanges(ctx: Ctx, inputId: string) {
  const look = () => {
    // A stream outlives a request: rights and rows are asked for anew.
    ctx.loaders.clear();
    return draftLoader(ctx).load(inputId);
  };
  if ((await look()) === null) throw new ApiError('NOT_FOUND');
  // Only an id that was found here becomes a topic; opened before the first message is read, so that nothing is missed.
  const bell = openDoorbell(ctx.bus, `draft:${inputId}`);

  async function* messages(): AsyncGenerator<Draft, void, void> {
    for (;;) {
      const draft = await look();
      if (draft === null) return;
      yield draft;
      if ((await bell.wait(lookAgainMs)) === 'closed') return;
    }
  }
  return closable(messages(), () => bell.close());
}
