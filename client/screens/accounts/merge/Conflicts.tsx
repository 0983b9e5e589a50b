import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayWords, todayOf } from '../../../words/format.ts';
import type { Preview } from './documents.ts';
import styles from './Merge.module.css';

type Keep = 'INTO' | 'FROM';
type Props = {
  preview: Preview;
  choices: Readonly<Record<string, Keep>>;
  onChoose: (keys: readonly string[], keep: Keep) => void;
};

/** Up to here choosing each is as quick as choosing all. */
const few = 2;

/** What the two accounts say differently: nothing is chosen beforehand, since nobody but a person knows. */
export function Conflicts({ preview, choices, onChoose }: Props) {
  const { t } = useTranslation();
  const today = todayOf(new Date());
  const { into, from, conflicts } = preview;
  const keys = conflicts.map(({ key }) => key);
  if (conflicts.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('accounts.merge.conflicts')}>
      <h3>{t('accounts.merge.conflicts')}</h3>
      {conflicts.length > few && (
        <div className={styles.all}>
          {(
            [
              ['INTO', into.name],
              ['FROM', from.name],
            ] as const
          ).map(([keep, name]) => (
            <Button key={keep} variant="default" onClick={() => onChoose(keys, keep)}>
              {t('accounts.merge.takeAll', { name })}
            </Button>
          ))}
        </div>
      )}
      {conflicts.map((one) => (
        <fieldset key={one.key} className={styles.conflict}>
          <legend>{t(`facts.${one.key}` as 'facts.shop.domain', { defaultValue: one.key })}</legend>
          {(
            [
              ['INTO', one.into, into.name],
              ['FROM', one.from, from.name],
            ] as const
          ).map(([keep, fact, name]) => (
            <label key={keep} className={styles.option}>
              <input
                type="radio"
                name={`keep-${one.key}`}
                checked={choices[one.key] === keep}
                onChange={() => onChoose([one.key], keep)}
              />
              <span>
                {t('accounts.merge.of', { value: fact.value, name, day: dayWords(todayOf(new Date(fact.at)), today) })}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </section>
  );
}
