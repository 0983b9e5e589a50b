import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { failureOf } from '../../api/failure.ts';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import {
  actOf,
  draftQuery,
  draftReplaceMutation,
  type Road,
  roadFragment,
  roadOf,
  stateOfDraft,
  taskEditMutation,
} from './documents.ts';
import { type DraftServer, type DraftState, DraftStore, type Saved } from './draftStore.ts';
import { same } from './merge.ts';
import { tasksOf, withTask } from './road.ts';

/** The store of a draft that is on the screen, and what stands in it now. */
export function useDraft(templateId: string, version: FragmentOf<typeof roadFragment>): [DraftStore, DraftState] {
  const client = useApolloClient();
  const [store] = useState(() => {
    const { revision } = readFragment(roadFragment, version);
    return new DraftStore({ road: roadOf(version), revision }, serverOf(client, templateId));
  });
  useEffect(() => {
    const handleLeave = (event: BeforeUnloadEvent) => {
      if (store.state().status !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', handleLeave);
    return () => {
      window.removeEventListener('beforeunload', handleLeave);
      void store.flush().finally(() => store.close());
    };
  }, [store]);
  return [store, useSyncExternalStore(store.subscribe, store.state)];
}

function serverOf(client: ApolloClient, id: string): DraftServer {
  return {
    async save(road, before, revision): Promise<Saved> {
      try {
        const act = actOf(await sent(client, id, road, before, revision));
        const [refusal] = act.userErrors;
        const draft = act.template?.draft;
        if (refusal?.code === 'CONFLICT' || (!refusal && !draft)) return { kind: 'conflict' };
        if (refusal || !draft) return { kind: 'refused', reason: refusal?.message ?? '' };
        return { kind: 'saved', revision: readFragment(stateOfDraft, draft).revision };
      } catch (error) {
        const failure = failureOf(error);
        return failure === 'offline' || failure === 'tooMany' || failure === 'server'
          ? { kind: 'offline' }
          : { kind: 'conflict' };
      }
    },
    async load() {
      const { data } = await client.query({ query: draftQuery, variables: { id }, fetchPolicy: 'network-only' });
      const draft = data?.template?.draft;
      return draft ? { road: roadOf(draft), revision: readFragment(roadFragment, draft).revision } : null;
    },
  };
}

/** A change inside one task is sent as that task; anything else as the whole road. */
async function sent(client: ApolloClient, id: string, road: Road, before: Road, revision: number) {
  const old = new Map(tasksOf(before).map((task) => [task.key, task]));
  const changed = tasksOf(road).filter((task) => !same(task, old.get(task.key)));
  const [task] = changed;
  if (task && changed.length === 1 && same(withTask(before, task.key, task), road)) {
    const variables = { id, input: { revision, task } };
    const { data } = await client.mutate({ mutation: taskEditMutation, variables });
    if (data) return data.templateTaskEdit;
  }
  const variables = { id, input: { revision, ...road } };
  const { data } = await client.mutate({ mutation: draftReplaceMutation, variables });
  if (!data) throw new TypeError('An act without errors has an answer.');
  return data.templateDraftReplace;
}
