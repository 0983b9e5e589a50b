import { Has } from '../../cell.ts';
import type { CellRule, Code, Severity } from '../../types.ts';
import { noParams } from './answers.ts';
import { type Enum, isCellOneOf, isCellOneOfFolded, meantBy } from './enums.ts';

type Closed = {
  column: string;
  list: Enum;
  severity: Severity;
  covers: readonly string[];
  source: CellRule['source'];
  title: string;
  advice: string;
  accepted: readonly string[];
  refused: readonly string[];
  fixed: Readonly<Record<string, string | null>>;
  /** A right value in the wrong case, and what it becomes. */
  miswritten: Readonly<Record<string, string>>;
};

/** A column with a closed list of values: what is none of them, and (never worse than a warning) what differs by case alone. */
export function enumRules(closed: Closed): CellRule[] {
  const { column, list, severity, covers, source } = closed;
  const head = { scope: 'CELL', covers, source, columns: [column] } as const;
  const code: Code = 'validation_invalid_enum';
  // In lists without capitals only a cell with one can be wrong by case.
  const isSmall = list.values.every((value) => value === value.toLowerCase());
  return [
    {
      ...head,
      id: `${column}.enum`,
      severity,
      code,
      title: closed.title,
      advice: closed.advice,
      check: (cell) => (isCellOneOfFolded(list, cell) ? null : noParams),
      fix: (text) => meantBy(list, text),
      accepted: closed.accepted,
      refused: closed.refused,
      fixed: closed.fixed,
    },
    {
      ...head,
      id: `${column}.case`,
      severity: severity === 'HINT' ? 'HINT' : 'WARNING',
      code,
      title: `A value of ${column} differs in its capitals`,
      advice: `Write it as the specification does: ${list.values.slice(0, 3).join(', ')}. Not every channel forgives capitals.`,
      onlyIf: isSmall ? Has.upper : Has.upper | Has.lower,
      check: (cell) => (isCellOneOf(list, cell) || !isCellOneOfFolded(list, cell) ? null : noParams),
      fix: (text) => sameInCase(list, text),
      accepted: closed.accepted,
      refused: Object.keys(closed.miswritten),
      fixed: closed.miswritten,
    },
  ];
}

function sameInCase(list: Enum, text: string): string | null {
  const folded = text.trim().toLowerCase();
  return list.values.find((value) => value.toLowerCase() === folded) ?? null;
}
