import { useTranslation } from 'react-i18next';
import { CommentList, Composer } from './Comments.tsx';
import type { Comment } from './mapStore.ts';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void; onOpen: (touchpointId: string) => void };

/** All that was said of the map and of what stands on it; from a comment on a touchpoint one gets to it. */
export function CommentsPanel({ doc, takesFocus, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const { comments } = doc.saying;
  const aboutOf = ({ aboutId }: Comment) => {
    if (aboutId === null) return null;
    const part = doc.parts.get(aboutId);
    if (!part) return <span className={styles.soft}>{t('journeySaying.ofGone')}</span>;
    const name = 'name' in part.body ? part.body.name : 'text' in part.body ? part.body.text : '';
    const of = t('journeySaying.of', { name });
    if (part.kind !== 'TOUCHPOINT') return <span className={styles.soft}>{of}</span>;
    return (
      <button
        type="button"
        className={styles.told}
        aria-label={t('journeySaying.openOf', { name })}
        onClick={() => onOpen(aboutId)}
      >
        {of}
      </button>
    );
  };
  return (
    <PanelFrame title={t('journeyMap.panel.comments')} takesFocus={takesFocus} onClose={onClose}>
      {comments.length === 0 && <p className={styles.soft}>{t('journeySaying.none')}</p>}
      <CommentList doc={doc} comments={comments} about={aboutOf} />
      <Composer doc={doc} aboutId={null} label={t('journeySaying.add')} />
    </PanelFrame>
  );
}
