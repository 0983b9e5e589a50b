import type { Cell } from '../../cell.ts';
import type { CellRule } from '../../types.ts';
import { noParams } from '../common/answers.ts';
import { enumOf, isCellOneOfFolded, meantBy } from '../common/enums.ts';
import { isNegative } from '../common/numbers.ts';
import { firstOf, isBlank, isFoldedText, lastOf } from '../common/window.ts';
import { emarsys } from './sources.ts';

/*
 * Whether a line was bought, came back or never was.
 */
const types = enumOf(['purchase', 'return', 'cancelled'], {
  purchase: [
    ...['paid', 'complete', 'completed', 'closed', 'shipped', 'fulfilled', 'delivered', 'sale', 'order', 'invoiced'],
    ...[
      'bezahlt',
      'abgeschlossen',
      'versendet',
      'versandt',
      'kauf',
      'achat',
      'payé',
      'terminée',
      'expédiée',
      'wc-completed',
    ],
  ],
  return: [
    'returned',
    'refund',
    'refunded',
    'retoure',
    'erstattet',
    'retour',
    'remboursé',
    'remboursée',
    'wc-refunded',
  ],
  cancelled: ['canceled', 'cancel', 'void', 'voided', 'storniert', 'storno', 'annulé', 'annulée', 'wc-cancelled'],
});

const backwards = [
  'return',
  'returned',
  'refund',
  'refunded',
  'cancelled',
  'canceled',
  'retoure',
  'storniert',
  'storno',
];

/** A line that takes back: by its type, or by a number below zero. */
export function isReturn(type: Cell, quantity: Cell): boolean {
  if (isNegative(quantity)) return true;
  if (isBlank(type)) return false;
  const start = firstOf(type);
  const end = lastOf(type);
  for (let at = 0; at < backwards.length; at++)
    if (isFoldedText(type.bytes, start, end, backwards[at] as string)) return true;
  return false;
}

export const typeRule: CellRule = {
  id: 'type.enum',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_enum',
  covers: ['F2:status', 'F2:type'],
  source: emarsys,
  title: 'The state of an order is not one of the known ones',
  advice:
    'Write purchase, return or cancelled. If your shop has states of its own, tell your project manager which of the three each one means.',
  columns: ['type'],
  check: (cell) => (isBlank(cell) || isCellOneOfFolded(types, cell) ? null : noParams),
  fix: (text) => meantBy(types, text),
  accepted: ['purchase', 'return', 'cancelled', 'Purchase', ''],
  refused: ['paid', 'refunded', 'storniert', 'pending', '3'],
  fixed: { paid: 'purchase', Refunded: 'return', storniert: 'cancelled', pending: null, '3': null },
};
