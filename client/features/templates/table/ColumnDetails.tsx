import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDated } from '../../../../server/submissions/validation/rules/tableFormats.ts';
import {
  type Constraints,
  type Field,
  fieldFormats,
  type TableSchema,
} from '../../../../server/submissions/validation/rules/tableSchema.ts';
import { NumberField } from '../NumberField.tsx';
import { Tick } from '../Tick.tsx';
import { hasBounds, hasLength, keysOf, limitIn, linesIn, withColumn, withKeys, withLimits } from './columns.ts';
import styles from './Table.module.css';

const mostCharacters = 1_000_000;

type Props = { table: TableSchema; field: Field; at: number; onChange: (table: TableSchema) => void };

/** What else there is to say of a column; limits are those that its type has. */
export function ColumnDetails({ table, field, at, onChange }: Props) {
  const { t } = useTranslation();
  const { type = 'string', constraints: limits = {} } = field;
  const keys = keysOf(table);
  const set = (change: Partial<Field>) => onChange(withColumn(table, at, change));
  const limit = (change: Partial<Constraints>) => onChange(withLimits(table, at, change));
  const bound = (part: 'minimum' | 'maximum') => (
    <TextInput
      label={t(`templateTable.details.${part}`)}
      value={limits[part] === undefined ? '' : String(limits[part])}
      maxLength={100}
      onChange={(event) => limit({ [part]: limitIn(event.currentTarget.value, type) })}
    />
  );
  const length = (part: 'minLength' | 'maxLength') => (
    <NumberField
      label={t(`templateTable.details.${part}`)}
      value={limits[part] ?? null}
      min={0}
      max={mostCharacters}
      isOptional
      onChange={(value) => limit({ [part]: value ?? undefined })}
    />
  );
  return (
    <div className={styles.details}>
      <TextInput
        label={t('templateTable.details.description')}
        value={field.description ?? ''}
        maxLength={2_000}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <div className={styles.facts}>
        <TextInput
          label={t('templateTable.details.example')}
          value={field.example === undefined ? '' : String(field.example)}
          maxLength={200}
          onChange={(event) => set({ example: event.currentTarget.value })}
        />
        {type === 'string' && (
          <NativeSelect
            label={t('templateTable.details.format')}
            value={field.format ?? 'default'}
            data={fieldFormats.map((format) => ({ value: format, label: t(`templateTable.formats.${format}`) }))}
            onChange={(event) => {
              const format = fieldFormats.find((each) => each === event.currentTarget.value);
              set({ format: format === 'default' ? undefined : format });
            }}
          />
        )}
        {isDated(type) && (
          <TextInput
            label={t('templateTable.details.form')}
            description={t('templateTable.details.formHint')}
            placeholder={t('templateTable.details.formUsual')}
            value={field.format === 'default' ? '' : (field.format ?? '')}
            maxLength={60}
            spellCheck={false}
            onChange={(event) => set({ format: event.currentTarget.value })}
          />
        )}
        {hasLength(type) && length('minLength')}
        {hasLength(type) && length('maxLength')}
        {hasBounds(type) && bound('minimum')}
        {hasBounds(type) && bound('maximum')}
        {hasLength(type) && (
          <TextInput
            label={t('templateTable.details.pattern')}
            description={t('templateTable.details.patternHint')}
            value={limits.pattern ?? ''}
            maxLength={200}
            spellCheck={false}
            onChange={(event) => limit({ pattern: event.currentTarget.value })}
          />
        )}
        {type === 'boolean' ? (
          <>
            <Lines
              label={t('templateTable.details.trueValues')}
              values={field.trueValues}
              onChange={(trueValues) => set({ trueValues })}
            />
            <Lines
              label={t('templateTable.details.falseValues')}
              values={field.falseValues}
              onChange={(falseValues) => set({ falseValues })}
            />
          </>
        ) : (
          <Lines
            label={t('templateTable.details.enum')}
            values={limits.enum?.map(String)}
            onChange={(values) => limit({ enum: values })}
          />
        )}
      </div>
      <div>
        <Tick isOn={limits.unique ?? false} onChange={(unique) => limit({ unique })}>
          {t('templateTable.details.unique')}
        </Tick>
        <Tick
          isOn={keys.includes(field.name)}
          disabled={field.name.trim() === ''}
          onChange={(isKey) =>
            onChange(withKeys(table, isKey ? [...keys, field.name] : keys.filter((name) => name !== field.name)))
          }
        >
          {t('templateTable.details.key')}
        </Tick>
      </div>
    </div>
  );
}

type LinesProps = {
  label: string;
  values: readonly string[] | undefined;
  onChange: (values: string[] | undefined) => void;
};

/** Values, one a line; kept as they are typed until the field is left. */
function Lines({ label, values = [], onChange }: LinesProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Textarea
      label={label}
      autosize
      maxRows={8}
      value={typed ?? values.join('\n')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(linesIn(event.currentTarget.value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
