import { useTranslation } from 'react-i18next';
import styles from '../Comments.module.css';
import { namesInWords } from '../composer/readersInWords.ts';
import type { Typing } from './useTalk.ts';

/** "MK is typing…"; nothing while nobody is. */
export function TypingLine({ typing }: { typing: Typing }) {
  const { t } = useTranslation();
  const people = typing.flatMap(({ person }) => person ?? []);
  const names = [...new Map(people.map((person) => [person.id, person])).values()];
  const isInternal = typing.length > 0 && typing.every((one) => one.audience === 'INTERNAL');
  return (
    <p className={styles.typing} role="status">
      {names.length > 0 && t('comments.typing', { count: names.length, names: namesInWords(names) })}
      {isInternal && ` (${t('comments.typingInternal')})`}
    </p>
  );
}
