import type { Viewer } from '../../access/viewer.ts';

/**
 * Everything of a viewer that decides what they may see, but for who they are: two with the same class are shown the
 * same, unless something asks who is looking.
 */
export function rightsClassOf({ personId: _, sessionId: __, ...rights }: Viewer): string {
  const sorted = (ids: readonly string[] | null) => ids && [...ids].sort();
  return JSON.stringify({
    ...rights,
    projectIds: sorted(rights.projectIds),
    projectAccountIds: sorted(rights.projectAccountIds),
  });
}

/** What was found for one viewer; `isShared` when nothing asked who that is, so that it holds for all of their class. */
export type Seen<T> = { value: T; isShared: boolean };

/**
 * Looks with a viewer of a class whose `personId` and `sessionId` tell that they were read. Whatever reads neither, be
 * it a policy, a loader or a copy of the viewer, cannot depend on the person: no list of "personal" fields has to be kept.
 */
export async function seenBy<T>(viewer: Viewer, look: (viewer: Viewer) => Promise<T>): Promise<Seen<T>> {
  let isShared = true;
  const asked = <V>(value: V) => ({
    enumerable: true,
    get() {
      isShared = false;
      return value;
    },
  });
  const { personId, sessionId, ...rights } = viewer;
  const watched = Object.defineProperties({ ...rights }, { personId: asked(personId), sessionId: asked(sessionId) });
  const value = await look(watched as Viewer);
  return { value, isShared };
}
