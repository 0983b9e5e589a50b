import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { FirstLookRetryMutation } from './documents.ts';

/** For whoever mended what kept us out: the shop's pages, or the feed, are read once more. */
export function TryAgain({ projectId }: { projectId: string }) {
  const { t } = useTranslation();
  const [retry, { loading }] = useMutation(FirstLookRetryMutation);
  const [problem, setProblem] = useState<string | null>(null);

  const handleRetry = async () => {
    try {
      const { data } = await retry({ variables: { id: projectId } });
      setProblem(data?.firstLookRetry.userErrors[0]?.message ?? null);
    } catch {
      setProblem(t('firstLook.card.retryFailed'));
    }
  };
  return (
    <>
      <Button variant="default" size="xs" loading={loading} onClick={handleRetry}>
        {t('common.tryAgain')}
      </Button>
      {problem && <FieldError>{problem}</FieldError>}
    </>
  );
}
