import { NativeSelect } from '@mantine/core';
import styles from './Panels.module.css';

type Named = { id: string; name: string };

type OneProps = {
  label: string;
  value: string | null;
  from: readonly Named[];
  onChange: (id: string | null) => void;
  /** What stands for null; it cannot be chosen when left out. */
  none?: string;
  isHidden?: boolean;
  isReadOnly?: boolean;
};

/** One of the map's things, or none. */
export function Choice({ label, value, from, onChange, none, isHidden, isReadOnly }: OneProps) {
  const isKnown = value === null || from.some(({ id }) => id === value);
  return (
    <NativeSelect
      size="xs"
      {...(isHidden ? { 'aria-label': label } : { label })}
      value={isKnown ? (value ?? '') : ''}
      disabled={isReadOnly}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      data={[
        ...(none === undefined && isKnown && value !== null ? [] : [{ value: '', label: none ?? '' }]),
        ...from.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

type ManyProps = {
  label: string;
  value: readonly string[];
  from: readonly Named[];
  onChange: (ids: string[]) => void;
  isReadOnly?: boolean;
};

/** Any of the map's things, in the order in which they were chosen. */
export function Choices({ label, value, from, onChange, isReadOnly }: ManyProps) {
  if (from.length === 0) return null;
  return (
    <fieldset className={styles.choices} disabled={isReadOnly}>
      <legend>{label}</legend>
      <div className={styles.ticks}>
        {from.map(({ id, name }) => (
          <label key={id} className={styles.tick}>
            <input
              type="checkbox"
              checked={value.includes(id)}
              onChange={({ currentTarget }) =>
                onChange(currentTarget.checked ? [...value, id] : value.filter((one) => one !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
