import { TextInput } from '@mantine/core';
import { useState } from 'react';

type WordsProps = { label: string; hint: string; words: readonly string[]; onChange: (words: string[]) => void };

/** Words with commas between them; kept as they are typed until the field is left: a comma alone says nothing yet. */
export function Words({ label, hint, words, onChange }: WordsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label={label}
      description={hint}
      value={typed ?? words.join(', ')}
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange([...new Set(event.currentTarget.value.split(/[\s,;]+/).filter((word) => word !== ''))]);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
