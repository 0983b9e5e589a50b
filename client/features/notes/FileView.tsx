import { useApolloClient } from '@apollo/client/react';
import { IconDownload, IconFileOff } from '@tabler/icons-react';
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isId, NoteFile } from '../../../server/notes/document/extensions.ts';
import { bytes } from '../../words/format.ts';
import { noteFileQuery } from './documents.ts';
import styles from './NoteFiles.module.css';

/** What a browser draws by itself, and harmlessly. Larger pictures are offered like any other file. */
const pictures = /\.(png|jpe?g|gif|webp|avif)$/i;
const largestPicture = 8_000_000;

type Found = { sizeBytes: number; link: string | null };

/** A file in the text: a picture is shown, everything can be saved. What may not be read says only that. */
function FileView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [found, setFound] = useState<Found | 'asking' | 'gone'>('asking');
  const [isBroken, setBroken] = useState(false);
  const id = isId(node.attrs.fileId) ? node.attrs.fileId : null;
  const name = String(node.attrs.name ?? '');

  const ask = async (): Promise<Found | 'gone'> => {
    if (id === null) return 'gone';
    const { data } = await client.query({ query: noteFileQuery, variables: { id }, fetchPolicy: 'no-cache' });
    const file = data?.node;
    return file && 'sizeBytes' in file ? { sizeBytes: file.sizeBytes, link: file.downloadUrl ?? null } : 'gone';
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each file; its link is asked for anew at each click
  useEffect(() => {
    let isOver = false;
    ask().then(
      (answer) => isOver || setFound(answer),
      () => isOver || setFound('gone'),
    );
    return () => {
      isOver = true;
    };
  }, [id]);

  // A link lives for five minutes.
  const handleSave = async () => {
    const answer = await ask().catch((): 'gone' => 'gone');
    setFound(answer);
    if (answer !== 'gone' && answer.link !== null) window.location.assign(answer.link);
  };

  const isThere = typeof found === 'object';
  const picture = isThere && !isBroken && pictures.test(name) && found.sizeBytes <= largestPicture ? found.link : null;
  return (
    <NodeViewWrapper className={styles.file} data-selected={selected || undefined} data-drag-handle>
      {picture !== null && (
        <img className={styles.picture} src={picture} alt={name} draggable={false} onError={() => setBroken(true)} />
      )}
      {found === 'gone' ? (
        <span className={styles.gone}>
          <IconFileOff className={styles.icon} stroke={1.5} aria-hidden="true" />
          {t('notes.file.gone', { name })}
        </span>
      ) : (
        <button
          type="button"
          className={styles.save}
          contentEditable={false}
          aria-label={t('notes.file.save', { name })}
          onClick={handleSave}
        >
          <IconDownload className={styles.icon} stroke={1.5} aria-hidden="true" />
          <span className={styles.name}>{name}</span>
          {isThere && <span className={styles.size}>{bytes(found.sizeBytes)}</span>}
        </button>
      )}
    </NodeViewWrapper>
  );
}

export const noteFile = NoteFile.extend({
  addNodeView() {
    return ReactNodeViewRenderer(FileView);
  },
});
