import { type ChangeEvent, useRef, useState } from 'react';

/** What is typed into the one field of a form, and what was wrong with it until something else is typed. */
export function useTyped(before: string | null, onChange: () => void) {
  const [value, setValue] = useState(before ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const ref = useRef<HTMLInputElement>(null);

  const tell = (message: string) => {
    setProblem(message);
    ref.current?.focus();
  };
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    setValue(event.currentTarget.value);
    setProblem(null);
    onChange();
  };
  const field = { ref, value, error: problem, onChange: handleChange };
  return { text: value.trim(), problem, setProblem, tell, field };
}
