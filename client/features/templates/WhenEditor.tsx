import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askedBefore, type Condition, newCondition } from './conditions.ts';
import { aboutWords, questionWords, valuesOf } from './conditionWords.ts';
import type { Road, Task } from './documents.ts';
import styles from './Editor.module.css';
import { OrderButtons } from './OrderButtons.tsx';
import { Tick } from './Tick.tsx';

/** The most that one task depends on. */
const mostConditions = 6;

type Props = { task: Task; road: Road; onChange: (when: Condition[]) => void };

/** What must hold for a task to be on a client's road. Only what stands before it on the road can be asked about. */
export function WhenEditor({ task, road, onChange }: Props) {
  const { t } = useTranslation();
  const asked = askedBefore(road, task.key);
  const abouts = task.when.map((one) => aboutWords(t, road, one));
  // Two about one thing are told apart by their number, also for whoever does not see which stands where.
  const names = abouts.map((about, at) =>
    abouts.indexOf(about) === abouts.lastIndexOf(about)
      ? about
      : t('templateConditions.nth', { about, number: abouts.slice(0, at + 1).filter((one) => one === about).length }),
  );
  const change = (at: number, next: Partial<Condition>) =>
    onChange(task.when.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('templateConditions.title')}</h2>
      <p className={styles.soft}>{t(`templateConditions.${task.when.length === 0 ? 'none' : 'lead'}`)}</p>
      {task.when.map((condition, at) => (
        <ConditionFields
          // Conditions have no names of their own, and what they show is theirs alone (see FactFields).
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          condition={condition}
          name={names[at] ?? ''}
          road={road}
          onChange={(next) => change(at, next)}
          onRemove={() => onChange(task.when.filter((_, index) => index !== at))}
        />
      ))}
      {task.when.length < mostConditions && (
        <NativeSelect
          aria-label={t('templateConditions.add')}
          value=""
          data={[
            { value: '', label: t('templateConditions.add') },
            { value: 'PLATFORM', label: t('templateConditions.about.PLATFORM') },
            { value: 'PRODUCT', label: t('templateConditions.about.PRODUCT') },
            ...asked.map((one) => ({ value: one.value, label: questionWords(t, one) })),
            { value: 'FACT', label: t('templateConditions.fact') },
          ]}
          onChange={(event) => {
            const added = newCondition(event.currentTarget.value, asked);
            if (added) onChange([...task.when, added]);
          }}
        />
      )}
    </section>
  );
}

type FieldsProps = {
  condition: Condition;
  name: string;
  road: Road;
  onChange: (change: Partial<Condition>) => void;
  onRemove: () => void;
};

function ConditionFields({ condition, name, road, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation();
  const { isNot, values, of } = condition;
  const known = valuesOf(t, road, condition);
  const isWord = of === 'PRODUCT' ? 'has' : 'is';
  return (
    <fieldset className={styles.condition}>
      <legend>{name}</legend>
      <div className={styles.row}>
        <NativeSelect
          aria-label={t('templateConditions.how', { about: name })}
          value={isNot ? 'not' : 'is'}
          data={[
            { value: 'is', label: t(`templateConditions.${isWord}`) },
            { value: 'not', label: t(`templateConditions.${isWord}Not`) },
          ]}
          onChange={(event) => onChange({ isNot: event.currentTarget.value === 'not' })}
        />
        <OrderButtons name={name} onRemove={onRemove} />
      </div>
      {known === null ? (
        <FactFields condition={condition} onChange={onChange} />
      ) : (
        <div className={styles.ticks}>
          {known.map(({ value, label }) => (
            <Tick
              key={value}
              isOn={values.includes(value)}
              onChange={(isOn) =>
                onChange({ values: isOn ? [...values, value] : values.filter((one) => one !== value) })
              }
            >
              {label}
            </Tick>
          ))}
        </div>
      )}
    </fieldset>
  );
}

const listed = (text: string) => text.split(',').flatMap((one) => one.trim().slice(0, 120) || []);

/**
 * The name of what is known of the account, and what it may be. A comma that is being typed is kept here alone, and
 * only as long as it says what the condition says: another condition that comes to stand here is shown as it is.
 */
function FactFields({ condition, onChange }: Pick<FieldsProps, 'condition' | 'onChange'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const isTyped = JSON.stringify(listed(typed)) === JSON.stringify(condition.values);
  return (
    <div className={styles.facts}>
      <TextInput
        label={t('templates.inputs.fact')}
        placeholder={t('templates.inputs.factPlaceholder')}
        value={condition.fact ?? ''}
        maxLength={61}
        onChange={(event) => onChange({ fact: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={t('templateConditions.values')}
        description={t('templateConditions.valuesHint')}
        value={isTyped ? typed : condition.values.join(', ')}
        maxLength={1_000}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          onChange({ values: listed(text) });
        }}
      />
    </div>
  );
}
