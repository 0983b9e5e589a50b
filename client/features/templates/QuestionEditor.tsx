import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from './documents.ts';
import styles from './Editor.module.css';
import { NumberField } from './NumberField.tsx';
import { OrderButtons } from './OrderButtons.tsx';
import { freshKey } from './road.ts';
import { Tick } from './Tick.tsx';

const kinds = ['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO'] as const;
const widest = 1_000_000_000;

type Props = {
  question: Question;
  /** The questions that are asked before it: what it may hang on. */
  earlier: readonly Question[];
  isLast: boolean;
  onChange: (change: Partial<Question>) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** One question of a form: its words, what an answer is, and when it is asked at all. */
export function QuestionEditor({ question, earlier, isLast, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const hasOptions = question.kind === 'CHOICE' || question.kind === 'CHOICES';
  const name = question.label.trim() || t('templates.inputs.unnamed');
  const handleKind = (value: string) => {
    const kind = kinds.find((each) => each === value) ?? 'TEXT';
    const isChoice = kind === 'CHOICE' || kind === 'CHOICES';
    const twoEmpty = [1, 2].map(() => ({ key: freshKey('option'), label: '' }));
    const options = isChoice ? (question.options.length > 0 ? question.options : twoEmpty) : [];
    const fact = kind === 'TEXT' || kind === 'LONG_TEXT' ? question.fact : null;
    onChange({ kind, options, min: null, max: null, fact });
  };
  const setOption = (key: string, label: string) =>
    onChange({ options: question.options.map((each) => (each.key === key ? { key, label } : each)) });

  return (
    <li className={styles.question}>
      <div className={styles.row}>
        <TextInput
          label={t('templates.inputs.question')}
          value={question.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <OrderButtons name={name} isFirst={earlier.length === 0} isLast={isLast} onMove={onMove} onRemove={onRemove} />
      </div>
      <TextInput
        label={t('templates.inputs.help')}
        value={question.help}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
      <div className={styles.facts}>
        <NativeSelect
          label={t('templates.inputs.kind')}
          value={question.kind}
          data={kinds.map((kind) => ({ value: kind, label: t(`templates.inputs.questionKind.${kind}`) }))}
          onChange={(event) => handleKind(event.currentTarget.value)}
        />
        <When question={question} earlier={earlier} onChange={onChange} />
        {(question.kind === 'TEXT' || question.kind === 'LONG_TEXT') && (
          <FactField fact={question.fact} onChange={(fact) => onChange({ fact })} />
        )}
        {question.kind === 'NUMBER' && (
          <>
            <NumberField
              label={t('templates.inputs.min')}
              value={question.min}
              min={-widest}
              max={widest}
              isOptional
              onChange={(min) => onChange({ min })}
            />
            <NumberField
              label={t('templates.inputs.max')}
              value={question.max}
              min={-widest}
              max={widest}
              isOptional
              onChange={(max) => onChange({ max })}
            />
          </>
        )}
      </div>
      {hasOptions && (
        <div className={styles.list}>
          {question.options.map((option, at) => (
            <div key={option.key} className={styles.row}>
              <TextInput
                aria-label={t('templates.inputs.option', { number: at + 1 })}
                placeholder={t('templates.inputs.option', { number: at + 1 })}
                value={option.label}
                onChange={(event) => setOption(option.key, event.currentTarget.value)}
              />
              <OrderButtons
                name={option.label.trim() || t('templates.inputs.option', { number: at + 1 })}
                onRemove={() => onChange({ options: question.options.filter((each) => each.key !== option.key) })}
              />
            </div>
          ))}
          <div>
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
              onClick={() => onChange({ options: [...question.options, { key: freshKey('option'), label: '' }] })}
            >
              {t('templates.inputs.optionAdd')}
            </Button>
          </div>
        </div>
      )}
      <Tick isOn={question.isRequired} onChange={(isRequired) => onChange({ isRequired })}>
        {t('templates.inputs.required')}
      </Tick>
    </li>
  );
}

const factKey = /^[a-z][A-Za-z]{0,29}\.[a-z][A-Za-z]{0,29}$/;

/** What is known of the account that this question is confirmed from. Half a name is kept here, and not in the draft. */
function FactField({ fact, onChange }: { fact: string | null; onChange: (fact: string | null) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(fact ?? '');
  const isWhole = typed === '' || factKey.test(typed);
  return (
    <TextInput
      label={t('templates.inputs.fact')}
      description={t('templates.inputs.factHelp')}
      placeholder={t('templates.inputs.factPlaceholder')}
      value={typed}
      error={isWhole ? null : t('templates.inputs.factShape')}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        setTyped(text);
        if (text === '' || factKey.test(text)) onChange(text || null);
      }}
    />
  );
}

type WhenProps = Pick<Props, 'question' | 'earlier' | 'onChange'>;

/** When it is asked: always, or after one answer of an earlier question that has a closed list of them. */
function When({ question, earlier, onChange }: WhenProps) {
  const { t } = useTranslation();
  const answers = earlier.flatMap((each) => {
    const asked = each.label.trim() || t('templates.inputs.unnamed');
    const options =
      each.kind === 'YES_NO'
        ? [
            { key: 'yes', label: t('templates.inputs.yes') },
            { key: 'no', label: t('templates.inputs.no') },
          ]
        : each.options;
    return options.map((option) => ({
      value: `${each.key}:${option.key}`,
      label: t('templates.inputs.whenIs', {
        question: asked,
        answer: option.label.trim() || t('templates.inputs.unnamed'),
      }),
    }));
  });
  const value = question.when ? `${question.when.question}:${question.when.is}` : '';
  if (answers.length === 0 && !question.when) return null;
  return (
    <NativeSelect
      label={t('templates.inputs.when')}
      value={value}
      data={[{ value: '', label: t('templates.inputs.always') }, ...answers]}
      onChange={(event) => {
        const [key = '', is = ''] = event.currentTarget.value.split(':');
        onChange({ when: key === '' ? null : { question: key, is } });
      }}
    />
  );
}
