import { useApolloClient } from '@apollo/client/react';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../../words/format.ts';
import { fileLinkQuery } from './documents.ts';
import styles from './Files.module.css';

type Shown = { id: string; name: string; sizeBytes: number };

/** What a browser draws by itself, and harmlessly. Larger pictures are offered like any other file. */
const pictures = /\.(png|jpe?g|gif|webp|avif)$/i;
const largestPicture = 8_000_000;

/** The files that came with a comment. Pictures are shown; everything can be saved. */
export function CommentFiles({ files }: { files: readonly Shown[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <CommentFile key={file.id} file={file} />
      ))}
    </ul>
  );
}

function CommentFile({ file }: { file: Shown }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [isFailed, setFailed] = useState(false);
  const [picture, setPicture] = useState<string | null>(null);
  const { id, name, sizeBytes } = file;
  const isPicture = pictures.test(name) && sizeBytes <= largestPicture;

  // Asked for when it is shown, since a link lives for five minutes.
  useEffect(() => {
    if (!isPicture) return;
    let isOver = false;
    linkTo(client, id).then(
      (link) => !isOver && setPicture(link),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client, id, isPicture]);

  const handleDownload = async () => {
    const link = await linkTo(client, id).catch(() => null);
    setFailed(link === null);
    if (link !== null) window.location.assign(link);
  };

  return (
    <li className={styles.file} data-picture={picture !== null || undefined}>
      {picture !== null && (
        <img className={styles.picture} src={picture} alt={name} loading="lazy" onError={() => setPicture(null)} />
      )}
      <button
        type="button"
        className={styles.download}
        aria-label={t('comments.files.download', { name })}
        onClick={handleDownload}
      >
        <IconDownload size={16} stroke={1.5} aria-hidden />
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>{bytes(sizeBytes)}</span>
      </button>
      {isFailed && (
        <p role="alert" className={styles.failure}>
          {t('comments.files.downloadFailed')}
        </p>
      )}
    </li>
  );
}

async function linkTo(client: ReturnType<typeof useApolloClient>, id: string): Promise<string | null> {
  const { data } = await client.query({ query: fileLinkQuery, variables: { id }, fetchPolicy: 'no-cache' });
  return data?.node && 'downloadUrl' in data.node ? (data.node.downloadUrl ?? null) : null;
}
