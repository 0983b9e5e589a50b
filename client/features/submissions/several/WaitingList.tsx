import { Button } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../../words/format.ts';
import { fileProblem } from './fileProblem.ts';
import type { Taker } from './placeFiles.ts';
import styles from './WaitingList.module.css';
import type { WaitingFile, WaitingFiles } from './waitingFiles.ts';

type Props = {
  waiting: readonly WaitingFile[];
  store: WaitingFiles;
  takers: readonly Taker[];
  acceptedExtensions: readonly string[];
  maxBytes: number;
  /** Whether the input takes a version now. */
  isOpen: boolean;
};

/** Files that were chosen together with others: what becomes of each, and what the person may do about it. */
export function WaitingList({ waiting, store, takers, acceptedExtensions, maxBytes, isOpen }: Props) {
  const { t } = useTranslation();
  if (waiting.length === 0) return null;
  return (
    <section className={styles.box} aria-label={t('submissions.several.title')}>
      <p className={styles.head}>{t('submissions.several.title')}</p>
      <ul className={styles.list} aria-live="polite">
        {waiting.map((one) => (
          <li key={one.id} className={styles.one}>
            <IconFile size={16} stroke={1.5} aria-hidden />
            <p className={styles.name}>
              <span>{one.file.name}</span> <span className={styles.size}>{bytes(one.file.size)}</span>
            </p>
            <p className={styles.fate}>{fateOf(one, { acceptedExtensions, maxBytes, isOpen }, t)}</p>
            <div className={styles.acts}>
              {one.fate === 'UNPLACED' &&
                takers
                  .filter(({ inputId }) => one.choices.includes(inputId))
                  .sort((a, b) => one.choices.indexOf(a.inputId) - one.choices.indexOf(b.inputId))
                  .map(({ inputId, label }) => (
                    <Button
                      key={inputId}
                      size="xs"
                      variant="default"
                      aria-label={t('submissions.several.placeOf', { name: one.file.name, label })}
                      onClick={() => store.send(one, inputId)}
                    >
                      {label}
                    </Button>
                  ))}
              {one.fate === 'LEFT' && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('submissions.several.nextOf', { name: one.file.name })}
                  onClick={() => store.send(one, one.inputId)}
                >
                  {t('submissions.several.next')}
                </Button>
              )}
              <Button
                size="xs"
                variant="subtle"
                aria-label={t('submissions.several.dropOf', { name: one.file.name })}
                onClick={() => store.drop(one)}
              >
                {t('submissions.several.drop')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Where = Pick<Props, 'acceptedExtensions' | 'maxBytes' | 'isOpen'>;

function fateOf(one: WaitingFile, where: Where, t: TFunction): string {
  switch (one.fate) {
    case 'NEXT':
      return t(where.isOpen ? 'submissions.several.follows' : 'submissions.several.waits');
    case 'LEFT':
      return one.instead === null
        ? t('submissions.several.leftBusy')
        : t('submissions.several.left', { instead: one.instead });
    case 'UNPLACED':
      return t('submissions.several.where');
    case 'REFUSED':
      return fileProblem(one.file, where, t) ?? t('submissions.several.noPlace');
  }
}
