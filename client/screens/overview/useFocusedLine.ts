import { type FocusEvent, useState } from 'react';

const lineOf = (element: Element | null) => {
  const line = element?.closest<HTMLElement>('[data-line]')?.dataset.line;
  return line === undefined ? null : Number(line);
};

/** Which line of a list holds the focus; null when none does. */
export function useFocusedLine() {
  const [line, setLine] = useState<number | null>(null);
  return {
    line,
    handlers: {
      onFocus: (event: FocusEvent) => setLine(lineOf(event.target)),
      onBlur: (event: FocusEvent) => setLine(lineOf(event.relatedTarget as Element | null)),
    },
  };
}
