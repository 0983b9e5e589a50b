import { useApolloClient } from '@apollo/client/react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariablesOf } from '../../../api/graphql.ts';
import { finishMutation } from '../acts.ts';
import { type Place, revisionOf } from '../deliveries.ts';
import { type Refusal, useAct } from '../useAct.ts';
import { checkCreateMutation } from './documents.ts';

type Given = NonNullable<VariablesOf<typeof checkCreateMutation>['input']['check']>;
export type Begun = { id: string /** Of a webhook, when it was made now: it is told once. */; secret: string | null };

/** Hands in what is to be looked at: begun, and finished at once or, for a webhook, once its secret is set up. */
export function useHandIn(place: Place) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const key = useRef<string>(crypto.randomUUID());

  /** What is given now is another act than what was given before. */
  const changed = () => {
    key.current = crypto.randomUUID();
  };
  const begin = async (check: Given): Promise<{ begun: Begun | null; refusal: Refusal | null }> => {
    let begun: Begun | null = null;
    const refusal = await run(async () => {
      const input = { ...place, idempotencyKey: key.current, check };
      const { data } = await client.mutate({ mutation: checkCreateMutation, variables: { input } });
      const made = data?.submissionCreate;
      if (!made?.submission) {
        return made?.userErrors[0] ?? { code: 'TROUBLE', message: t('submissions.trouble.server') };
      }
      begun = { id: made.submission.id, secret: made.secret };
      return undefined;
    });
    // Only what got no answer is said again under the same key.
    if (refusal && refusal.code !== 'TROUBLE') changed();
    return { begun, refusal };
  };
  const finish = (id: string): Promise<Refusal | null> =>
    run(async () => {
      const input = { revision: revisionOf(client, place.taskId) };
      const { data } = await client.mutate({ mutation: finishMutation, variables: { id, input } });
      const refusal = data?.submissionFinish.userErrors[0];
      if (!refusal) changed();
      return refusal;
    });
  const handIn = async (check: Given): Promise<Refusal | null> => {
    const { begun, refusal } = await begin(check);
    return begun ? finish((begun as Begun).id) : refusal;
  };
  return { isBusy, begin, finish, handIn, changed };
}
