import { useApolloClient } from '@apollo/client/react';
import { useRouter } from '@tanstack/react-router';
import { type Answer, post } from '../../api/post.ts';
import { loadViewer } from '../../features/viewer/viewer.ts';

/** Signs in by one of the endpoints and goes where this person belongs, or back to the page that was asked for. */
export function useArrive() {
  const client = useApolloClient();
  const router = useRouter();
  return async (path: string, input: unknown, returnTo: string | undefined): Promise<Answer<{ landsOn?: string }>> => {
    const answer = await post<{ landsOn?: string }>(path, input);
    if (answer.ok) {
      await client.clearStore();
      await loadViewer(client, { isFresh: true });
      await router.navigate({ href: returnTo ?? answer.body.landsOn ?? '/', replace: true });
    }
    return answer;
  };
}
