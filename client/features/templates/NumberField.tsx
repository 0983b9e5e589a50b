import { TextInput } from '@mantine/core';
import { useState } from 'react';

type Props = {
  label: string;
  value: number | null;
  min: number;
  max: number;
  /** Whether it may be left empty. */
  isOptional?: boolean;
  onChange: (value: number | null) => void;
};

/** A number. While what stands in it is none, or out of bounds, the last good one holds. */
export function NumberField({ label, value, min, max, isOptional = false, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : String(value));
  const read = (text: string): number | null | undefined => {
    if (text.trim() === '') return isOptional ? null : undefined;
    const number = Number(text);
    return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  };
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      value={shown}
      error={read(shown) === undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const number = read(text);
        if (number !== undefined) onChange(number);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
