import type { FileRule } from '../../types.ts';
import { brokenAt } from './answers.ts';
import { declaredOrder, OrderSeen } from './dates.ts';
import { firstOf, lastOf } from './window.ts';

/*
 * Whether `03/04/2026` is in March or in April: no cell knows, the column mostly does. Where it does not, the person is asked.
 */
export function dateOrderRules(column: string, covers: readonly string[], source: FileRule['source']): FileRule[] {
  const head = { scope: 'FILE', covers, source, columns: [column], needs: [column] } as const;
  return [
    {
      ...head,
      id: `${column}.orders_mixed`,
      severity: 'ERROR',
      code: 'validation_inconsistent',
      title: 'Days stand before months in some rows and behind them in others',
      advice:
        'Both 25/04/2026 and 04/25/2026 are in this column, so 03/04/2026 can be two days. Write all dates as 2026-04-25.',
      watch: () => {
        const seen = new OrderSeen();
        return {
          row: ([cell]) => {
            if (cell) seen.see(cell.bytes, firstOf(cell), lastOf(cell));
            return null;
          },
          end: () => (seen.order === 'MIXED' ? [brokenAt(column)] : []),
        };
      },
      accepted: [
        { rows: [{ [column]: '25/04/2026' }, { [column]: '03/04/2026' }] },
        { rows: [{ [column]: '2026-04-25' }] },
      ],
      refused: [{ rows: [{ [column]: '25/04/2026' }, { [column]: '04/25/2026' }] }],
    },
    {
      ...head,
      id: `${column}.order_unknown`,
      severity: 'ERROR',
      code: 'validation_invalid_format',
      title: 'The dates do not tell the day from the month',
      advice:
        'Is 03/04/2026 in March or in April? {seen} Say which comes first, and the dates can be repaired at one click.',
      asks: 'dateOrder',
      watch: (judging) => {
        if (declaredOrder(judging.declared) !== null) return null;
        const seen = new OrderSeen();
        // Values that could be read in both ways.
        const open = new OrderSeen();
        return {
          row: ([cell]) => {
            if (!cell) return null;
            const start = firstOf(cell);
            const end = lastOf(cell);
            seen.see(cell.bytes, start, end);
            if (isOpen(cell.bytes, start, end)) open.see(cell.bytes, start, end);
            return null;
          },
          end: () => {
            if (open.order === 'NONE' || seen.order === 'MIXED') return [];
            return [brokenAt(column, { seen: telling[seen.order] })];
          },
        };
      },
      accepted: [
        { rows: [{ [column]: '2026-04-25' }, { [column]: '25.04.2026' }] },
        { rows: [{ [column]: '25/04/2026' }] },
        { rows: [{ [column]: '04/04/2026' }] },
      ],
      refused: [
        { rows: [{ [column]: '03/04/2026' }, { [column]: '05-06-2026' }] },
        { rows: [{ [column]: '03/04/2026' }, { [column]: '25/04/2026' }] },
      ],
    },
  ];
}

const telling = {
  UNDECIDED: 'No value of the column decides.',
  DMY: 'Other values of the column put the day first.',
  MDY: 'Other values of the column put the month first.',
  NONE: '',
};

/** `03/04/2026`: two numbers up to 12 that are not the same. */
function isOpen(bytes: Uint8Array, start: number, end: number): boolean {
  const first = numberAt(bytes, start, end);
  const secondAt = start + (first > 9 || bytes[start] === 0x30 ? 2 : 1) + 1;
  const second = numberAt(bytes, secondAt, end);
  return first >= 1 && first <= 12 && second >= 1 && second <= 12 && first !== second;
}

/** Of one or two digits; -1: there is none. */
function numberAt(bytes: Uint8Array, at: number, end: number): number {
  let value = -1;
  for (let next = at; next < end && next < at + 2; next++) {
    const digit = (bytes[next] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = Math.max(value, 0) * 10 + digit;
  }
  return value;
}
