import { useFrame } from '../frameContext.ts';
import type { AskProblem } from '../protocol.ts';
import styles from './Trouble.module.css';

type Props = {
  problem: AskProblem;
  onAgain: () => void;
  /** What the button does, where it is something else than to ask again. */
  words?: string;
};

/** Why nothing came, and the way to ask once more. */
export function Trouble({ problem, onAgain, words }: Props) {
  const { t } = useFrame();
  return (
    <div className={styles.trouble} role="alert">
      <p>{t(`firstLookMocks.trouble.${problem}`)}</p>
      <button type="button" className={styles.again} onClick={onAgain}>
        {words ?? t('firstLookMocks.again')}
      </button>
    </div>
  );
}

/** Grey places where products are about to stand. */
export function Bones({ count }: { count: number }) {
  const { t } = useFrame();
  const keys = Array.from({ length: count }, (_, index) => index);
  return (
    <div className={styles.bones} role="status" aria-label={t('firstLookMocks.loading')} data-loading>
      {keys.map((key) => (
        <span key={key} className={styles.bone} aria-hidden="true" />
      ))}
    </div>
  );
}

/** What there is nothing of, in a sentence. */
export function Nothing({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className={styles.nothing}>
      <p dir="auto">{text}</p>
      {children}
    </div>
  );
}
