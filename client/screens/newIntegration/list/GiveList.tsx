import { Button } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { type DragEvent, type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, count } from '../../../words/format.ts';
import { Field } from '../Field.tsx';
import styles from './List.module.css';
import { exampleCsv, mostBytes, mostRows, type NoList, save } from './reading.ts';

type Props = { noList: NoList | null; isReading: boolean; onGive: (source: Blob, name: string) => void };

/** Two ways to hand over a list: its file, or its rows pasted out of a spreadsheet. */
export function GiveList({ noList, isReading, onGive }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [isOver, setOver] = useState(false);

  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onGive(file, file.name);
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGive(new Blob([text]), 'pasted.csv');
  };
  return (
    <div className={styles.give}>
      {noList && (
        <div className={styles.noList} role="alert">
          <strong>{t('newIntegration.list.noList.title')}</strong>
          <p>
            {noList.problem === 'binary'
              ? t('newIntegration.list.noList.binary', noList)
              : t(`newIntegration.list.noList.${noList.problem}`, {
                  count: noList.count ?? 0,
                  most: mostRows,
                  size: bytes(mostBytes),
                })}
          </p>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the field in it does */}
      <div
        className={styles.zone}
        data-over={isOver || undefined}
        onDragEnter={() => setOver(true)}
        onDragOver={(event) => event.preventDefault()}
        onDragLeave={() => setOver(false)}
        onDrop={handleDrop}
      >
        <IconFileTypeCsv size={20} stroke={1.5} aria-hidden="true" />
        <strong id={`${id}-title`}>{t('newIntegration.list.choose')}</strong>
        <span id={`${id}-hint`} className={styles.soft}>
          {t('newIntegration.list.limits', { most: count(mostRows), size: bytes(mostBytes) })}
        </span>
        <input
          type="file"
          className={styles.file}
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-hint`}
          disabled={isReading}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file can be chosen again after it was mended.
            if (file) onGive(file, file.name);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <form className={styles.paste} onSubmit={handleSubmit}>
        <Field label={t('newIntegration.list.paste')} hint={t('newIntegration.list.pasteHint')}>
          {(ids) => (
            <textarea
              {...ids}
              className={styles.text}
              rows={6}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        <div className={styles.acts}>
          <Button type="submit" loading={isReading} disabled={text.trim() === ''}>
            {t('newIntegration.list.look')}
          </Button>
          <Button variant="default" onClick={() => save(exampleCsv(), t('newIntegration.list.exampleFile'))}>
            {t('newIntegration.list.example')}
          </Button>
        </div>
      </form>
      <section className={styles.help} aria-labelledby={`${id}-columns`}>
        <h2 id={`${id}-columns`} className={styles.heading}>
          {t('newIntegration.list.helpTitle')}
        </h2>
        <ul className={styles.bullets}>
          {(['account', 'what', 'plan', 'contact', 'ids', 'facts'] as const).map((key) => (
            <li key={key}>{t(`newIntegration.list.help.${key}`)}</li>
          ))}
        </ul>
      </section>
      {isReading && (
        <span className={styles.soft} role="status">
          {t('newIntegration.list.looking')}
        </span>
      )}
    </div>
  );
}
