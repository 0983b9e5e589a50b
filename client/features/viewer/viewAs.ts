import { useMutation } from '@apollo/client/react';
import { graphql } from '../../api/graphql.ts';

const ViewAsStartMutation = graphql(`
  mutation ViewAsStart($personId: ID!) { viewAsStart(personId: $personId) { viewer { landsOn } userErrors { code } } }
`);

const storedAt = 'slipway.viewAs.from';

/** Says of this page that it is on its way to another: what the change of person closes (the socket) then starts no way of its own. */
export function setLeaving(isLeaving: boolean): void {
  document.documentElement.toggleAttribute('data-leaving', isLeaving);
}

export function isLeaving(): boolean {
  return document.documentElement.hasAttribute('data-leaving');
}

/** Looks through somebody's eyes from here on, and remembers the page to come back to. False: it was refused, or did not arrive. */
export function useViewAs(): (personId: string) => Promise<boolean> {
  const [start] = useMutation(ViewAsStartMutation);
  return async (personId) => {
    setLeaving(true);
    const landsOn = await start({ variables: { personId } }).then(
      ({ data }) => data?.viewAsStart.viewer?.landsOn ?? null,
      () => null,
    );
    if (landsOn === null) {
      setLeaving(false);
      return false;
    }
    sessionStorage.setItem(storedAt, `${location.pathname}${location.search}`);
    // A full load: nothing of what staff see stays in the cache or on the socket.
    location.assign(landsOn);
    return true;
  };
}

/** The page from which the view began in this tab; the list of people where that is not known. */
export function returnPath(): string {
  const path = sessionStorage.getItem(storedAt) ?? '';
  sessionStorage.removeItem(storedAt);
  return /^\/(?![/\\])/.test(path) ? path : '/settings/people';
}
