import { useTranslation } from 'react-i18next';
import { exampleOf, isDated } from '../../server/submissions/validation/rules/tableFormats.ts';
import { labelOf, type TableSchema } from '../../server/submissions/validation/rules/tableSchema.ts';
import styles from './ColumnList.module.css';
import { Tag } from './Tag.tsx';

/** The columns that a table has to have, to be read. */
export function ColumnList({ table }: { table: TableSchema }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.list} aria-label={t('templateTable.label')}>
      {table.fields.map((field) => {
        const { name, type = 'string', format = 'default', description, constraints } = field;
        const written = isDated(type) && format !== 'default' ? exampleOf(type, format) : undefined;
        const example = field.example ?? written;
        const label = labelOf(field);
        const allowed = constraints?.enum?.map(String) ?? [];
        return (
          <li key={name}>
            <span className={styles.head}>
              <strong>{label}</strong>
              {label !== name && <span className={styles.name}>{name}</span>}
              <span className={styles.soft}>{t(`templateTable.types.${type}`)}</span>
              {constraints?.required && <Tag>{t('templateTable.required')}</Tag>}
            </span>
            {description && <span className={styles.soft}>{description}</span>}
            {allowed.length > 0 && (
              <span className={styles.soft}>
                {t('templateTable.oneOf', { values: allowed.slice(0, 20).join(', ') })}
              </span>
            )}
            {example !== undefined && (
              <span className={styles.soft}>{t('templateTable.suchAs', { example: String(example) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
