import { Button, Textarea, TextInput } from '@mantine/core';
import { IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkTableSchema, type TableSchema } from '../../../../server/submissions/validation/rules/tableSchema.ts';
import { same } from '../merge.ts';
import { ColumnRow } from './ColumnRow.tsx';
import { linesIn, newColumn, withColumns, withMoved } from './columns.ts';
import { saveTable, takeFile } from './files.ts';
import { columnsPasted, isSeveralCells } from './reading.ts';
import styles from './Table.module.css';
import { type Tidings, Told } from './Told.tsx';

type Props = { table: TableSchema; onChange: (table: TableSchema) => void };

/** The author's own table: a line a column, written like a spreadsheet. */
export function TableEditor({ table, onChange: onTable }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  /** What became of what was put in, and the table that it is true of: an undo takes both back. */
  const [said, setSaid] = useState<{ tidings: Tidings; of: TableSchema } | null>(null);
  const told = said && same(said.of, table) ? said.tidings : null;
  const onChange = (next: TableSchema) => {
    setSaid(said && told && { ...said, of: next });
    onTable(next);
  };
  const setTold = (tidings: Tidings | null, of = table) => setSaid(tidings && { tidings, of });
  /** A file was read, and there are columns that would go. */
  const [asked, setAsked] = useState<Taken | null>(null);
  const rows = useRef<HTMLOListElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const { fields } = table;
  const hasColumns = fields.some(({ name }) => name.trim() !== '');
  const problems = fields.length === 0 ? [] : checkTableSchema(table).problems;

  /** After the page has drawn the row that it is about. */
  const focusOn = (at: number, cell: string) =>
    requestAnimationFrame(() => rows.current?.querySelector<HTMLElement>(`[data-cell="${at} ${cell}"]`)?.focus());
  const add = () => {
    onChange({ ...table, fields: [...fields, newColumn()] });
    focusOn(fields.length, 'name');
  };
  const move = (at: number, step: 1 | -1, cell: string) => {
    if (!fields[at + step]) return;
    onChange(withMoved(table, at, step));
    if (opened !== null) setOpened(opened === at ? at + step : opened === at + step ? at : opened);
    focusOn(at + step, cell);
  };
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const [row = '', cell = ''] = (event.target as HTMLElement).dataset.cell?.split(' ') ?? [];
    if (cell === '') return;
    const at = Number(row);
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    const isChoice = event.target instanceof HTMLSelectElement;
    if (event.altKey && step !== null) move(at, step, cell);
    else if (event.key === 'Enter' && !isChoice && at === fields.length - 1) add();
    else if (event.key === 'Enter' && !isChoice) focusOn(at + 1, cell);
    else if (step !== null && !isChoice) focusOn(at + step, cell);
    else return;
    event.preventDefault();
  };
  const handlePaste = (event: ClipboardEvent<HTMLElement>) => {
    const text = event.clipboardData.getData('text/plain');
    const { cell } = (event.target as HTMLElement).dataset;
    if (cell === undefined || !isSeveralCells(text)) return;
    event.preventDefault();
    const at = Number(cell.split(' ')[0]);
    const { columns, isCut } = columnsPasted(text);
    const { table: next, isCut: isFull } = limited(withColumns(table, at, columns));
    onChange(next);
    setTold({ kind: 'pasted', count: columns.length, isCut: isCut || isFull }, next);
  };
  const put = ({ table: next, tidings }: Taken) => {
    setAsked(null);
    setOpened(null);
    onChange(next);
    setTold(tidings, next);
    button.current?.focus();
  };
  const keep = ({ name }: Taken) => {
    setAsked(null);
    setTold({ kind: 'kept', name });
    button.current?.focus();
  };
  const handleFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    const { table: found, told: tidings } = await takeFile(chosen);
    const next = found && { table: found, tidings, name: chosen.name };
    if (next && hasColumns) {
      setTold(null);
      return setAsked(next);
    }
    if (next) put(next);
    else setTold(tidings);
  };

  return (
    <section className={styles.table} aria-label={t('templateTable.label')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('templateTable.title')}</h3>
        <span className={styles.soft}>{t('templateTable.count', { count: fields.length })}</span>
      </div>
      {fields.length === 0 ? (
        <p className={styles.soft}>{t('templateTable.empty')}</p>
      ) : (
        <div className={styles.rows}>
          <div className={styles.names} aria-hidden>
            <span>{t('templateTable.name')}</span>
            <span>{t('templateTable.heading')}</span>
            <span>{t('templateTable.type')}</span>
            <span>{t('templateTable.required')}</span>
            <span />
          </div>
          <ol ref={rows} onKeyDown={handleKey} onPaste={handlePaste}>
            {fields.map((field, at) => (
              <ColumnRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a column has no name of its own until somebody gives it one.
                key={at}
                table={table}
                field={field}
                at={at}
                problems={problems.filter(({ path }) => path.startsWith(`fields[${at}]`))}
                isOpen={opened === at}
                onOpen={() => setOpened(opened === at ? null : at)}
                onMove={(step) => move(at, step, 'name')}
                onChange={onChange}
              />
            ))}
          </ol>
        </div>
      )}
      {asked && <Replace asked={asked} count={fields.length} onPut={() => put(asked)} onKeep={() => keep(asked)} />}
      <Told told={told} others={problems.filter(({ path }) => !path.startsWith('fields['))} />
      <div className={styles.buttons}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          disabled={fields.length >= limitOfColumns}
          onClick={add}
        >
          {t('templateTable.add')}
        </Button>
        <Button
          ref={button}
          variant="subtle"
          size="xs"
          leftSection={<IconFileImport size={16} stroke={1.5} aria-hidden />}
          title={t('templateTable.takeHint')}
          onClick={() => file.current?.click()}
        >
          {t('templateTable.take')}
        </Button>
        {fields.length > 0 && (
          <Button
            variant="subtle"
            size="xs"
            leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
            onClick={() => saveTable(table)}
          >
            {t('templateTable.save')}
          </Button>
        )}
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,.csv,.tsv,.txt,application/json,text/csv"
          onChange={(event) => {
            void handleFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {fields.length > 0 && <p className={styles.soft}>{t('templateTable.keys')}</p>}
      {fields.length > 0 && <Whole table={table} onChange={onChange} />}
    </section>
  );
}

type Taken = { table: TableSchema; tidings: Tidings; name: string };
type ReplaceProps = { asked: Taken; count: number; onPut: () => void; onKeep: () => void };

/** Columns that somebody wrote go only when they say so. */
function Replace({ asked: { table, name }, count, onPut, onKeep }: ReplaceProps) {
  const { t } = useTranslation();
  const now = t('templateTable.count', { count });
  return (
    <div className={styles.replace} role="alertdialog" aria-label={t('templateTable.replace.label')}>
      <p>
        {t('templateTable.replace.question', {
          now,
          next: t('templateTable.count', { count: table.fields.length }),
          name,
        })}
      </p>
      <div className={styles.buttons}>
        <Button size="xs" color="bad" onClick={onPut} autoFocus>
          {t('templateTable.replace.yes')}
        </Button>
        <Button variant="default" size="xs" onClick={onKeep}>
          {t('templateTable.replace.no')}
        </Button>
      </div>
    </div>
  );
}

const limitOfColumns = 200;

function limited(table: TableSchema): { table: TableSchema; isCut: boolean } {
  const isCut = table.fields.length > limitOfColumns;
  return { table: { ...table, fields: table.fields.slice(0, limitOfColumns) }, isCut };
}

/** What is said of the table as a whole. */
function Whole({ table, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const others = (table.missingValues ?? []).filter((value) => value !== '');
  return (
    <div className={styles.facts}>
      <TextInput
        label={t('templateTable.tableTitle')}
        value={table.title ?? ''}
        maxLength={200}
        onChange={(event) => {
          const { title: _, ...rest } = table;
          const title = event.currentTarget.value;
          onChange(title === '' ? rest : { ...rest, title });
        }}
      />
      <Textarea
        label={t('templateTable.missing')}
        placeholder={t('templateTable.missingHint')}
        autosize
        value={typed ?? others.join('\n')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          const lines = (linesIn(event.currentTarget.value) ?? []).slice(0, 19).map((line) => line.slice(0, 100));
          onChange({ ...table, missingValues: ['', ...lines] });
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  );
}
