import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TableSchema } from '../../../server/submissions/validation/rules/tableSchema.ts';
import { ColumnList } from '../../components/ColumnList.tsx';
import styles from './Submissions.module.css';

/** Which columns a file has to have, before it is made: to be read, or taken as an empty table. */
export function ExpectedColumns({ text }: { text: string }) {
  const { t } = useTranslation();
  const table = JSON.parse(text) as TableSchema;
  return (
    <details className={styles.details}>
      <summary>{t('templateTable.expected', { count: table.fields.length })}</summary>
      <ColumnList table={table} />
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
          onClick={() => saveEmpty(table)}
        >
          {t('templateTable.emptyFile')}
        </Button>
      </div>
    </details>
  );
}

/** A file with the headings alone. */
function saveEmpty({ fields, title, name }: TableSchema): void {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const head = `\uFEFF${fields.map((field) => cell(field.name)).join(',')}\r\n`;
  const url = URL.createObjectURL(new Blob([head], { type: 'text/csv' }));
  const link = document.createElement('a');
  const words = (title ?? name ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  link.download = `${words.replace(/^-|-$/g, '') || 'table'}.csv`;
  link.href = url;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
