import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../components/Skeletons.tsx';
import { Tag } from '../../components/Tag.tsx';
import { isNeeded, type TestPlatform } from './checks/credentials.ts';
import { FeedEditor } from './checks/FeedEditor.tsx';
import { TestEditor } from './checks/TestEditor.tsx';
import { WantedEditor } from './checks/WantedEditor.tsx';
import type { Input, Question, Road } from './documents.ts';
import styles from './Editor.module.css';
import { FormPreview } from './FormPreview.tsx';
import { NumberField } from './NumberField.tsx';
import { OrderButtons } from './OrderButtons.tsx';
import { QuestionEditor } from './QuestionEditor.tsx';
import { freshKey, type inputKinds, moved, newInput, newQuestion, tasksOf } from './road.ts';
import { Tick } from './Tick.tsx';

// With the rules, which are many.
const CheckEditor = lazy(async () => ({ default: (await import('./CheckParts.tsx')).CheckEditor }));

type Props = {
  inputs: readonly Input[];
  /** What can be asked for. */
  kinds: readonly (typeof inputKinds)[number][];
  road: Road;
  ownKey: string;
  onChange: (inputs: Input[]) => void;
};

/** What a task asks for, one card each. */
export function InputsEditor({ inputs, kinds, road, ownKey, onChange }: Props) {
  const { t } = useTranslation();
  const set = (key: string, change: Partial<Input>) =>
    onChange(inputs.map((input) => (input.key === key ? { ...input, ...change } : input)));
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('templates.inputs.title')}</h2>
      {inputs.length === 0 && <p className={styles.soft}>{t('templates.inputs.none')}</p>}
      <ol className={styles.list}>
        {inputs.map((input, at) => (
          <li key={input.key} className={styles.input}>
            <div className={styles.row}>
              <TextInput
                label={t('templates.inputs.label')}
                value={input.label}
                onChange={(event) => set(input.key, { label: event.currentTarget.value })}
              />
              <span className={styles.kind}>
                <Tag>{t(`names.taskType.${input.kind}`)}</Tag>
              </span>
              <OrderButtons
                name={input.label.trim() || t('templates.inputs.unnamed')}
                isFirst={at === 0}
                isLast={at === inputs.length - 1}
                onMove={(step) => onChange(moved(inputs, at, step))}
                onRemove={() => onChange(inputs.filter((each) => each.key !== input.key))}
              />
            </div>
            <InputParts input={input} road={road} ownKey={ownKey} onChange={(change) => set(input.key, change)} />
            <Tick isOn={input.isRequired} onChange={(isRequired) => set(input.key, { isRequired })}>
              {t('templates.inputs.required')}
            </Tick>
          </li>
        ))}
      </ol>
      <div>
        <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}>
              {t('templates.inputs.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item
                key={kind}
                onClick={() => onChange([...inputs, newInput(kind, t(`templates.inputs.defaultLabel.${kind}`))])}
              >
                {t(`names.taskType.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}

type PartsProps = { input: Input; road: Road; ownKey: string; onChange: (change: Partial<Input>) => void };

function InputParts({ input, road, ownKey, onChange }: PartsProps) {
  const { t } = useTranslation();
  switch (input.kind) {
    case 'FILE':
      return (
        <>
          <Extensions accepted={input.acceptedExtensions ?? []} onChange={onChange} />
          <Suspense fallback={<Skeletons shape="line" />}>
            <CheckEditor check={input.check} onChange={(check) => onChange({ check })} />
          </Suspense>
        </>
      );
    case 'URL':
      return <FeedEditor input={input} onChange={onChange} />;
    case 'CHECK':
      return <WantedEditor input={input} onChange={onChange} />;
    case 'FORM':
      return <Form questions={input.questions ?? []} onChange={(questions) => onChange({ questions })} />;
    case 'CREDENTIALS':
      return (
        <>
          <TestEditor input={input} onChange={onChange} />
          <Fields
            fields={input.fields ?? []}
            platform={input.test?.platform}
            onChange={(fields) => onChange({ fields })}
          />
        </>
      );
    case 'APPROVAL':
      return (
        <div className={styles.fields}>
          <TextInput
            label={t('templates.inputs.statement')}
            value={input.statement ?? ''}
            maxLength={200}
            onChange={(event) => onChange({ statement: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('templates.inputs.ofTask')}
            value={input.ofTask ?? ''}
            data={[
              { value: '', label: t('templates.inputs.ofItself') },
              ...tasksOf(road)
                .filter((task) => task.key !== ownKey)
                .map((task) => ({
                  value: task.key,
                  label: t('templates.inputs.ofTaskNamed', {
                    title: task.title.trim() || t('templates.outline.untitledTask'),
                  }),
                })),
            ]}
            onChange={(event) => onChange({ ofTask: event.currentTarget.value || null })}
          />
        </div>
      );
    case 'MEETING':
      return (
        <NumberField
          label={t('templates.inputs.meetingMinutes')}
          value={input.minutes}
          min={5}
          max={480}
          onChange={(minutes) => onChange({ minutes })}
        />
      );
    default:
      return null;
  }
}

/** Extensions are kept as they are typed until the field is left: a comma alone says nothing yet. */
function Extensions({ accepted, onChange }: { accepted: string[]; onChange: (change: Partial<Input>) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label={t('templates.inputs.extensions')}
      description={t('templates.inputs.extensionsHint')}
      value={typed ?? accepted.join(', ')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ acceptedExtensions: extensionsIn(event.currentTarget.value) });
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

export function extensionsIn(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  const dotted = words
    .map((word) => `.${word.replace(/^[.*]+/, '')}`)
    .filter((word) => /^\.[a-z0-9]{1,20}$/.test(word));
  return [...new Set(dotted)];
}

function Form({ questions, onChange }: { questions: Question[]; onChange: (questions: Question[]) => void }) {
  const { t } = useTranslation();
  const set = (key: string, change: Partial<Question>) =>
    onChange(questions.map((question) => (question.key === key ? { ...question, ...change } : question)));
  return (
    <div className={styles.fields}>
      <ol className={styles.list}>
        {questions.map((question, at) => (
          <QuestionEditor
            key={question.key}
            question={question}
            earlier={questions.slice(0, at)}
            isLast={at === questions.length - 1}
            onChange={(change) => set(question.key, change)}
            onMove={(step) => onChange(moved(questions, at, step))}
            onRemove={() => onChange(questions.filter((each) => each.key !== question.key))}
          />
        ))}
      </ol>
      <div>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          onClick={() => onChange([...questions, newQuestion()])}
        >
          {t('templates.inputs.questionAdd')}
        </Button>
      </div>
      {questions.length > 0 && <FormPreview questions={questions} />}
    </div>
  );
}

type Field = NonNullable<Input['fields']>[number];

type FieldsProps = {
  fields: Field[];
  /** Where they are tried. */
  platform: TestPlatform | undefined;
  onChange: (fields: Field[]) => void;
};

function Fields({ fields, platform, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const set = (key: string, change: Partial<Field>) =>
    onChange(fields.map((field) => (field.key === key ? { ...field, ...change } : field)));
  return (
    <div className={styles.list}>
      {fields.map((field, at) => (
        <div key={field.key} className={styles.row}>
          <TextInput
            aria-label={t('templates.inputs.label')}
            value={field.label}
            onChange={(event) => set(field.key, { label: event.currentTarget.value })}
          />
          <Tick isOn={field.isSecret} onChange={(isSecret) => set(field.key, { isSecret })}>
            {t('templates.inputs.secret')}
          </Tick>
          <Tick
            isOn={!field.isRequired}
            disabled={field.isRequired && isNeeded(platform, field.key)}
            onChange={(isOptional) => set(field.key, { isRequired: !isOptional })}
          >
            {t('templates.inputs.fieldOptional')}
          </Tick>
          <OrderButtons
            name={field.label.trim() || t('templates.inputs.unnamed')}
            isFirst={at === 0}
            isLast={at === fields.length - 1}
            onMove={(step) => onChange(moved(fields, at, step))}
            onRemove={() => onChange(fields.filter((each) => each.key !== field.key))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          onClick={() => onChange([...fields, { key: freshKey('field'), label: '', isSecret: true, isRequired: true }])}
        >
          {t('templates.inputs.fieldAdd')}
        </Button>
      </div>
    </div>
  );
}
