import type { Viewer } from '../../access/viewer.ts';
import type { Ctx } from '../services.ts';
import { ApiError } from './errors.ts';

/** What every resolver gets. `viewer` is null when nobody is signed in. */
export type GraphqlContext = Omit<Ctx, 'viewer'> & { readonly viewer: Viewer | null };

/** The context of a signed-in person, or UNAUTHENTICATED. */
export function signedIn(context: GraphqlContext): Ctx {
  if (context.viewer === null) throw new ApiError('UNAUTHENTICATED');
  return context as Ctx;
}
