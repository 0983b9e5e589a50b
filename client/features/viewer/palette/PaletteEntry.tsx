import {
  IconArrowRight,
  IconChecklist,
  IconFile,
  IconLayoutList,
  IconMessage,
  IconNote,
  IconUser,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isolated } from '../../../words/index.ts';
import type { Hit } from './documents.ts';
import type { Entry } from './entries.ts';
import styles from './Palette.module.css';

const icons = {
  PLACE: IconArrowRight,
  PROJECT: IconLayoutList,
  TASK: IconChecklist,
  COMMENT: IconMessage,
  NOTE: IconNote,
  FILE: IconFile,
  PERSON: IconUser,
};

type Props = {
  id: string;
  entry: Entry;
  isActive: boolean;
  onPoint: () => void;
  onOpen: (isNewTab: boolean) => void;
};

/** One line: what it is, what it is called, and where it stands. */
export function PaletteEntry({ id, entry, isActive, onPoint, onOpen }: Props) {
  const { t } = useTranslation();
  const Icon = icons[entry.kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the chosen line by aria-activedescendant
    <div
      id={id}
      className={styles.entry}
      role="option"
      aria-selected={isActive}
      onMouseMove={onPoint}
      onClick={(event) => onOpen(event.ctrlKey || event.metaKey)}
    >
      <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
      {entry.kind === 'PLACE' ? (
        <span className={styles.title}>{t(`palette.place.${entry.word}`)}</span>
      ) : (
        <Found hit={entry.hit} />
      )}
      <span className={styles.kind}>{t(`palette.kind.${entry.kind}`)}</span>
    </div>
  );
}

function Found({ hit }: { hit: Hit }) {
  const { t } = useTranslation();
  const isWords = hit.kind === 'COMMENT' || hit.kind === 'NOTE';
  const where = [hit.project?.account.name, hit.kind === 'PROJECT' ? null : hit.project?.name];
  const place = [...where, hit.kind === 'TASK' ? null : hit.task?.title]
    .flatMap((name) => (name ? [isolated(name)] : []))
    .join(t('palette.placeMark'));
  return (
    <span className={styles.text}>
      <span className={styles.title}>{isWords ? <Excerpt hit={hit} /> : hit.title}</span>
      {hit.kind !== 'PROJECT' && place !== '' && <span className={styles.place}>{place}</span>}
    </span>
  );
}

function Excerpt({ hit }: { hit: Hit }) {
  return hit.excerpt.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    part.isMatch ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
  );
}
