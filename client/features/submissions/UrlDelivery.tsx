import { useApolloClient } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { createMutation, finishMutation } from './acts.ts';
import { addressProblem } from './check/addressProblem.ts';
import { type Place, revisionOf } from './deliveries.ts';
import styles from './Submissions.module.css';

type Props = { place: Place; next: string };

/** An address, checked and handed in at once. What was typed stays until it is. */
export function UrlDelivery({ place, next }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [url, setUrl] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const key = useRef<string>(crypto.randomUUID());
  const field = useRef<HTMLInputElement>(null);

  const handleChange = (value: string) => {
    setUrl(value);
    setProblem(null);
    key.current = crypto.randomUUID();
  };
  const handIn = async (): Promise<string | null> => {
    const input = { ...place, idempotencyKey: key.current, url: url.trim() };
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
    const found = addressProblem(url.trim());
    if (found) {
      setProblem(t(`submissions.url.${found}`));
      field.current?.focus();
      return;
    }
    setSending(true);
    const refusal = await handIn().catch((error: unknown) => t(`submissions.trouble.${failureOf(error)}`));
    setSending(false);
    setProblem(refusal && t('submissions.url.refused', { reason: refusal }));
  };

  return (
    <form className={styles.stack} onSubmit={handleSubmit} noValidate>
      <TextInput
        ref={field}
        type="url"
        inputMode="url"
        label={t('submissions.url.label')}
        description={`${t('submissions.url.hint')} ${next}`}
        placeholder={t('submissions.url.placeholder')}
        value={url}
        error={problem}
        onChange={(event) => handleChange(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" loading={isSending}>
          {t('submissions.url.submit')}
        </Button>
      </div>
    </form>
  );
}
