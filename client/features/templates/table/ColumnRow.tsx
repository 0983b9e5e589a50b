import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Field,
  type FieldType,
  fieldTypes,
  labelOf,
  type SchemaProblem,
  type TableSchema,
} from '../../../../server/submissions/validation/rules/tableSchema.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { OrderButtons } from '../OrderButtons.tsx';
import { ColumnDetails } from './ColumnDetails.tsx';
import { withColumn, withLimits, withoutColumn, withType } from './columns.ts';
import styles from './Table.module.css';
import { partWords, problemWords } from './where.ts';

type Props = {
  table: TableSchema;
  field: Field;
  at: number;
  problems: readonly SchemaProblem[];
  isOpen: boolean;
  onOpen: () => void;
  onMove: (step: 1 | -1) => void;
  onChange: (table: TableSchema) => void;
};

/** One column: what is said of every one in a line, the rest below it when it is opened. */
export function ColumnRow({ table, field, at, problems, isOpen, onOpen, onMove, onChange }: Props) {
  const { t } = useTranslation();
  const number = at + 1;
  const name = labelOf(field).trim() || t('templateTable.unnamed', { number });
  const problemAt = (part: string) => problems.some(({ path }) => path === `fields[${at}].${part}`);
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <li className={styles.row}>
      <div className={styles.cells}>
        <Cell label={t('templateTable.name')}>
          <input
            className={styles.name}
            data-cell={`${at} name`}
            aria-label={t('templateTable.nameOf', { number })}
            aria-invalid={problemAt('name') || undefined}
            value={field.name}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(withColumn(table, at, { name: event.currentTarget.value }))}
          />
        </Cell>
        <Cell label={t('templateTable.heading')}>
          <input
            data-cell={`${at} title`}
            aria-label={t('templateTable.headingOf', { number })}
            value={field.title ?? ''}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange(withColumn(table, at, { title: event.currentTarget.value }))}
          />
        </Cell>
        <Cell label={t('templateTable.type')}>
          <select
            data-cell={`${at} type`}
            aria-label={t('templateTable.typeOf', { number })}
            value={field.type ?? 'string'}
            onChange={(event) => onChange(withType(table, at, event.currentTarget.value as FieldType))}
          >
            {fieldTypes.map((type) => (
              <option key={type} value={type}>
                {t(`templateTable.types.${type}`)}
              </option>
            ))}
          </select>
        </Cell>
        <label className={styles.tick}>
          <input
            type="checkbox"
            data-cell={`${at} required`}
            aria-label={t('templateTable.requiredOf', { name })}
            checked={field.constraints?.required ?? false}
            onChange={(event) => onChange(withLimits(table, at, { required: event.currentTarget.checked }))}
          />
          <span>{t('templateTable.required')}</span>
        </label>
        <div className={styles.tools}>
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('templateTable.open', { name })}
            aria-expanded={isOpen}
            onClick={onOpen}
          >
            <Chevron size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
          <OrderButtons
            name={name}
            isFirst={at === 0}
            isLast={at === table.fields.length - 1}
            onMove={onMove}
            onRemove={() => onChange(withoutColumn(table, at))}
          />
        </div>
      </div>
      {problems.length > 0 && (
        <div className={styles.problems}>
          {problems.map(({ path, message }) => (
            <FieldError key={`${path} ${message}`}>{problemWords(partWords(path, t), message, t)}</FieldError>
          ))}
        </div>
      )}
      {isOpen && <ColumnDetails table={table} field={field} at={at} onChange={onChange} />}
    </li>
  );
}

/** A field with its heading, which only narrow screens show. */
function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.cell}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
