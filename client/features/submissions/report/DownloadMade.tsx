import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { useDownload } from '../useDownload.ts';
import { madeLinksQuery } from './documents.ts';

type Props = {
  id: string;
  /** The rows with what is wrong with each, or, of a feed that is fetched, the file with all its repairs. */
  made: 'findings' | 'repaired';
};

/** A file that is made for the download. */
export function DownloadMade({ id, made }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isLoading, problem, download } = useDownload(async () => {
    const { data } = await client.query({ query: madeLinksQuery, variables: { id }, fetchPolicy: 'no-cache' });
    const report = data?.node && 'report' in data.node ? data.node.report : null;
    return made === 'findings' ? report?.findingsUrl : report?.repairedUrl;
  });
  return (
    <>
      <Button
        variant="default"
        loading={isLoading}
        onClick={download}
        title={t(`report.download.${made}.hint`)}
        leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
      >
        {t(`report.download.${made}.label`)}
      </Button>
      {problem && (
        <FieldError>{t(problem === 'gone' ? 'report.downloadGone' : 'submissions.history.downloadFailed')}</FieldError>
      )}
    </>
  );
}
