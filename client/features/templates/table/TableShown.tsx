import { useTranslation } from 'react-i18next';
import { labelOf, type TableSchema } from '../../../../server/submissions/validation/rules/tableSchema.ts';
import { Tag } from '../../../components/Tag.tsx';
import styles from './Table.module.css';

/** The columns to be read, where nothing can be changed. */
export function TableShown({ table }: { table: TableSchema }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.shown} aria-label={t('templateTable.label')}>
      {table.fields.map((field) => (
        <li key={field.name}>
          <strong>{labelOf(field)}</strong>{' '}
          <span className={styles.soft}>{t(`templateTable.types.${field.type ?? 'string'}`)}</span>{' '}
          {field.constraints?.required && <Tag>{t('templateTable.required')}</Tag>}
          {field.description && <p className={styles.soft}>{field.description}</p>}
        </li>
      ))}
    </ul>
  );
}
