import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './Field.tsx';
import styles from './NewIntegration.module.css';
import type { Plan } from './useCreate.ts';

type Props = {
  items: Plan['handOver'];
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
};

/**
 * What Sales knows already, by the tasks that would ask the client for it. It stays folded until somebody has something
 * to hand over: nothing of it has to be filled in.
 */
export function HandOverFields({ items, values, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (items.length === 0) return null;
  const filled = items.filter(({ key }) => (values[key] ?? '').trim() !== '').length;
  const tasks = [...new Set(items.map(({ task }) => task))];
  return (
    <details className={styles.handOver}>
      <summary className={styles.handOverHead}>
        <h2 className={styles.legend}>{t('newIntegration.handOver.title')}</h2>
        <span className={styles.hint}>
          {filled > 0
            ? t('newIntegration.handOver.filled', { count: filled })
            : t('newIntegration.handOver.asked', { count: items.length })}
        </span>
      </summary>
      <div className={styles.groups}>
        <p className={styles.hint}>{t('newIntegration.handOver.hint')}</p>
        {tasks.map((task, index) => (
          <section key={task} className={styles.group} aria-labelledby={`${id}-${index}`}>
            <h3 id={`${id}-${index}`} className={styles.label}>
              {task}
            </h3>
            {items
              .filter((item) => item.task === task)
              .map((item) => (
                <Item
                  key={item.key}
                  item={item}
                  value={values[item.key] ?? ''}
                  onChange={(value) => onChange({ ...values, [item.key]: value })}
                />
              ))}
          </section>
        ))}
      </div>
    </details>
  );
}

type ItemProps = { item: Props['items'][number]; value: string; onChange: (value: string) => void };

function Item({ item, value, onChange }: ItemProps) {
  const { t } = useTranslation();
  if (item.known !== null) {
    return (
      <p className={styles.field}>
        <span className={styles.label}>{item.label}</span>
        <span className={styles.known}>{item.known}</span>
        <span className={styles.hint}>{t('newIntegration.handOver.known')}</span>
      </p>
    );
  }
  return (
    <Field label={item.label} hint={item.help || undefined}>
      {(ids) =>
        item.isLong ? (
          <textarea
            {...ids}
            className={styles.input}
            rows={3}
            maxLength={4000}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <input
            {...ids}
            className={styles.input}
            autoComplete="off"
            maxLength={4000}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}
