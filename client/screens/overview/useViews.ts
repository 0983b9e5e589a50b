import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { readFragment } from '../../api/graphql.ts';
import { CreateView, DeleteView, SavedViewLook, SetDefaultView, UpdateView, ViewsQuery } from './documents.ts';
import type { Look } from './look.ts';
import type { View } from './ViewMenu.tsx';

type Refusal = { code: string; message: string } | undefined;

/** What can be done with saved views; each act answers whether it was done, and leaves in `failure` why not. */
export function useViews() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function attempt<T>(act: () => Promise<{ done: T | null; refusal: Refusal }>): Promise<T | null> {
    setFailure(null);
    setBusy(true);
    try {
      const { done, refusal } = await act();
      if (refusal) {
        const words = refusal.code === 'CONFLICT' ? t('overview.view.conflict') : refusal.message;
        setFailure(t('overview.view.failed', { reason: words }));
        return null;
      }
      await client.query({ query: ViewsQuery, fetchPolicy: 'network-only' });
      return done;
    } catch (error) {
      setFailure(t('overview.view.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
      return null;
    } finally {
      setBusy(false);
    }
  }

  return {
    failure,
    isBusy,
    forget: () => setFailure(null),
    create: (name: string, isShared: boolean, look: Look) =>
      attempt<View>(async () => {
        const input = { name, isShared, definition: definitionOf(look), idempotencyKey: crypto.randomUUID() };
        const { data } = await client.mutate({ mutation: CreateView, variables: { input } });
        const made = data?.savedViewCreate;
        return {
          done: made?.savedView ? readFragment(SavedViewLook, made.savedView) : null,
          refusal: made?.userErrors[0],
        };
      }),
    update: (view: View, changes: { name?: string; isShared?: boolean; look?: Look }) =>
      attempt<true>(async () => {
        const { name, isShared, look } = changes;
        const input = { revision: view.revision, name, isShared, definition: look && definitionOf(look) };
        const { data } = await client.mutate({ mutation: UpdateView, variables: { id: view.id, input } });
        return { done: true, refusal: data?.savedViewUpdate.userErrors[0] };
      }),
    remove: (view: View) =>
      attempt<true>(async () => {
        const variables = { id: view.id, input: { revision: view.revision } };
        const { data } = await client.mutate({ mutation: DeleteView, variables });
        return { done: true, refusal: data?.savedViewDelete.userErrors[0] };
      }),
    setDefault: (view: View | null) =>
      attempt<true>(async () => {
        const variables = { id: view?.id ?? null };
        const { data } = await client.mutate({ mutation: SetDefaultView, variables });
        return { done: true, refusal: data?.savedViewSetDefault.userErrors[0] };
      }),
  };
}

function definitionOf({ filter, sort, groupBy, layout, zoom, columns }: Look) {
  return { filter, sort, groupBy, layout, zoom, columns: [...columns] };
}

/** A kept view as a look. */
export function lookOfView({ filter, sort, groupBy, layout, zoom, columns }: View): Look {
  const { states, pmIds, platforms, products, healths, courts, phase, text, targetFrom, targetTo } = filter;
  const { isMine, hasReview } = filter;
  return {
    filter: {
      ...{ states, pmIds, platforms, products, healths, courts, phase, text, targetFrom, targetTo },
      ...{ isMine, hasReview },
    },
    sort: { by: sort.by, direction: sort.direction },
    groupBy,
    layout,
    zoom,
    columns,
  };
}
