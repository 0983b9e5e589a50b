import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { madeLinksQuery } from './documents.ts';

type Props = {
  id: string;
  /** The rows with what is wrong with each, or, of a feed that is fetched, the file with all its repairs. */
  made: 'findings' | 'repaired';
};

/** A file that is made for the download: a link lives five minutes, so it is asked for at the moment of the click. */
export function DownloadMade({ id, made }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const handleClick = async () => {
    setLoading(true);
    const found = await client
      .query({ query: madeLinksQuery, variables: { id }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    setLoading(false);
    const report = found?.data?.node && 'report' in found.data.node ? found.data.node.report : null;
    const link = made === 'findings' ? report?.findingsUrl : report?.repairedUrl;
    setProblem(link ? null : t(found ? 'report.downloadGone' : 'submissions.history.downloadFailed'));
    // An attachment: the page stays where it is.
    if (link) window.location.assign(link);
  };
  return (
    <>
      <Button
        variant="default"
        loading={isLoading}
        onClick={handleClick}
        title={t(`report.download.${made}.hint`)}
        leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
      >
        {t(`report.download.${made}.label`)}
      </Button>
      {problem && <FieldError>{problem}</FieldError>}
    </>
  );
}
