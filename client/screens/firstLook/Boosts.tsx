import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { figure } from '../../words/format.ts';
import { type BoostDraft, factors, mostBoosts } from './draft.ts';
import styles from './SuggestPanel.module.css';

const fields = ['BRAND', 'CATEGORY', 'ID'] as const;
const steps = ['much', 'more', 'less', 'little'] as const;

type Props = {
  boosts: readonly BoostDraft[];
  /** The line that cannot be saved so, from 1. */
  wrongLine: number | null;
  isReadOnly: boolean;
  onBoosts: (boosts: readonly BoostDraft[]) => void;
};

/** Which products are to stand further up, and which further down. */
export function Boosts({ boosts, wrongLine, isReadOnly, onBoosts }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const change = (key: number, part: Partial<BoostDraft>) =>
    onBoosts(boosts.map((boost) => (boost.key === key ? { ...boost, ...part } : boost)));
  const nextKey = 1 + Math.max(-1, ...boosts.map(({ key }) => key));
  return (
    <fieldset className={styles.boosts} aria-labelledby={`${id}-title`} aria-describedby={`${id}-hint`}>
      <span id={`${id}-title`} className={styles.label}>
        {t('firstLook.suggest.boosts')}
      </span>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('firstLook.suggest.boostsHint')}
      </p>
      {boosts.map(({ key, field, value, factor }, at) => (
        <div key={key} className={styles.boost}>
          <NativeSelect
            aria-label={t('firstLook.suggest.boostField', { line: at + 1 })}
            value={field}
            onChange={(event) =>
              change(key, { field: fields.find((one) => one === event.currentTarget.value) ?? 'BRAND' })
            }
            data={fields.map((one) => ({ value: one, label: t(`firstLook.suggest.field.${one}`) }))}
          />
          <TextInput
            aria-label={t('firstLook.suggest.boostValue', { line: at + 1 })}
            aria-invalid={wrongLine === at + 1}
            className={styles.boostValue}
            dir="auto"
            maxLength={200}
            value={value}
            onChange={(event) => change(key, { value: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={t('firstLook.suggest.boostFactor', { line: at + 1 })}
            value={String(factor)}
            onChange={(event) => change(key, { factor: Number(event.currentTarget.value) })}
            data={factorsWith(factor)}
          />
          {!isReadOnly && (
            <CloseButton
              aria-label={t('firstLook.suggest.boostRemove', { value: value || t('firstLook.suggest.boostEmpty') })}
              onClick={() => onBoosts(boosts.filter((boost) => boost.key !== key))}
            />
          )}
        </div>
      ))}
      {wrongLine !== null && <FieldError>{t('firstLook.suggest.boostMissing', { line: wrongLine })}</FieldError>}
      {!isReadOnly && boosts.length < mostBoosts && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.add}
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          onClick={() => onBoosts([...boosts, { key: nextKey, field: 'BRAND', value: '', factor: factors.more }])}
        >
          {t('firstLook.suggest.boostAdd')}
        </Button>
      )}
    </fieldset>
  );

  /** What the API was told may be no step of ours: it stays as it is. */
  function factorsWith(factor: number) {
    const known = steps.map((step) => ({ value: String(factors[step]), label: t(`firstLook.suggest.factor.${step}`) }));
    if (known.some(({ value }) => value === String(factor))) return known;
    return [...known, { value: String(factor), label: t('firstLook.suggest.factor.own', { factor: figure(factor) }) }];
  }
}
