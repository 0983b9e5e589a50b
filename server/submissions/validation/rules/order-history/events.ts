import type { CellRule, FileRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { enumOf, isCellOneOf, meantBy } from '../common/enums.ts';
import { firstOf, isBlank, isDigit, isLetter, lastOf } from '../common/window.ts';
import { algolia } from './sources.ts';

/*
 * The file of events that Algolia Recommend takes: who, when, what, and whether it was a click or a purchase.
 */
const head = { covers: ['F2:Algolia'], source: algolia, profiles: ['algolia'] } as const;

/** Column of the set <- the one spelling that Algolia knows. */
const spellings: Readonly<Record<string, string>> = {
  customer: 'userToken',
  timestamp: 'timestamp',
  item: 'objectID',
  event_type: 'eventType',
  event_name: 'eventName',
};

const header: FileRule = {
  ...head,
  id: 'events.columns',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_missing_value',
  title: 'A column that Algolia wants is missing, or has another name',
  advice:
    'The first row must have userToken, timestamp, objectID, eventType and eventName, spelled so. {missing} is not there{instead}.',
  columns: [],
  watch: () => ({
    row: () => null,
    end: ({ matches }) =>
      Object.entries(spellings).flatMap(([column, missing]) => {
        const match = matches.find((each) => each.column === column);
        if (match?.source === missing) return [];
        return [brokenAt(column, { missing, instead: match === undefined ? '' : `; rename ${match.source}` })];
      }),
  }),
  accepted: [
    {
      rows: [{ userToken: 'u1', timestamp: '2026-11-01', objectID: 'A', eventType: 'click', eventName: 'x', more: '' }],
    },
  ],
  refused: [
    { rows: [{ userToken: 'u1', timestamp: '2026-11-01', objectID: 'A', eventType: 'click' }] },
    { rows: [{ usertoken: 'u1', timestamp: '2026-11-01', objectID: 'A', eventType: 'click', eventName: 'x' }] },
  ],
};

const kinds = enumOf(['click', 'conversion'], {
  click: ['clicks', 'clicked', 'view', 'klick', 'clic'],
  conversion: ['purchase', 'purchased', 'order', 'buy', 'sale', 'convert', 'kauf', 'achat', 'addtocart'],
});

const eventType: CellRule = {
  ...head,
  id: 'event_type.enum',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_enum',
  title: 'An event is neither a click nor a conversion',
  advice: 'Write click or conversion in small letters; what was bought is a conversion.',
  columns: ['event_type'],
  isForEmpty: true,
  check: (cell) => (isCellOneOf(kinds, cell) ? null : noParams),
  fix: (text) => meantBy(kinds, text),
  accepted: ['click', 'conversion'],
  refused: ['', 'Click', 'purchase', 'view', 'hover'],
  fixed: { Click: 'click', purchase: 'conversion', hover: null, '': null },
};

const eventName: CellRule = {
  ...head,
  id: 'event_name.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  title: 'An event has no name',
  advice: 'Say what happened, like Products Purchased; the word of the event type does too.',
  columns: ['event_name'],
  isForEmpty: true,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['Products Purchased', 'click'],
  refused: ['', ' '],
};

const token: CellRule = {
  ...head,
  id: 'customer.token',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: {
    name: 'Algolia: user token',
    url: 'https://www.algolia.com/doc/guides/sending-events/concepts/usertoken',
  },
  title: 'A user token has characters that Algolia refuses',
  advice: 'At most 129 letters, digits and _ = / + -, and nothing that names the person: no email address.',
  columns: ['customer'],
  check: (cell) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (end - start > 129) return noParams;
    for (let at = start; at < end; at++) if (!isOfToken(cell.bytes[at] as number)) return noParams;
    return null;
  },
  accepted: ['user-1', 'anonymous-8f14_e45f/+=', 'x'.repeat(129)],
  refused: ['anna@shop.example', 'user 1', 'x'.repeat(130), 'größe'],
};

function isOfToken(byte: number): boolean {
  return (
    isLetter(byte) || isDigit(byte) || byte === 0x5f || byte === 0x3d || byte === 0x2f || byte === 0x2b || byte === 0x2d
  );
}

export const eventRules: readonly Rule[] = [header, eventType, eventName, token];
