import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { AddressField } from './AddressField.tsx';
import { createMutation, finishMutation } from './acts.ts';
import { addressProblem } from './check/addressProblem.ts';
import { type Place, revisionOf } from './deliveries.ts';
import { FormActions } from './FormActions.tsx';
import styles from './Submissions.module.css';
import { useTyped } from './useTyped.ts';

type Props = { place: Place; next: string };

/** An address, checked and handed in at once. What was typed stays until it is. */
export function UrlDelivery({ place, next }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [isSending, setSending] = useState(false);
  const key = useRef<string>(crypto.randomUUID());
  const {
    text: url,
    setProblem,
    tell,
    field,
  } = useTyped(null, () => {
    key.current = crypto.randomUUID();
  });

  const handIn = async (): Promise<string | null> => {
    const input = { ...place, idempotencyKey: key.current, url };
    const created = await client.mutate({ mutation: createMutation, variables: { input } });
    const begun = created.data?.submissionCreate;
    if (!begun?.submission) return begun?.userErrors[0]?.message ?? t('submissions.trouble.server');
    const revision = revisionOf(client, place.taskId);
    const finished = await client.mutate({
      mutation: finishMutation,
      variables: { id: begun.submission.id, input: { revision } },
    });
    return finished.data?.submissionFinish.userErrors[0]?.message ?? null;
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const found = addressProblem(url);
    if (found) return tell(t(`submissions.url.${found}`));
    setSending(true);
    const refusal = await handIn().catch((error: unknown) => t(`submissions.trouble.${failureOf(error)}`));
    setSending(false);
    setProblem(refusal && t('submissions.url.refused', { reason: refusal }));
  };

  return (
    <form className={styles.stack} onSubmit={handleSubmit} noValidate>
      <AddressField
        {...field}
        label={t('submissions.url.label')}
        description={`${t('submissions.url.hint')} ${next}`}
        placeholder={t('submissions.url.placeholder')}
      />
      <FormActions submit={t('submissions.url.submit')} isBusy={isSending} onCancel={null} />
    </form>
  );
}
