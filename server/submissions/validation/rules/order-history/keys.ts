import { type Cell, Has } from '../../cell.ts';
import type { CellRule, FileRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { emailRules } from '../common/emailRules.ts';
import { EmailProblem, emailProblem } from '../common/emails.ts';
import { hasWord } from '../common/enums.ts';
import { Print, PrintTable } from '../common/printTable.ts';
import { firstOf, isBlank, isLongerThan, lastOf, lengthOf } from '../common/window.ts';
import { emarsys, emplifi, goodPractice } from './sources.ts';
import { isReturn } from './types.ts';

/*
 * What an order line belongs to: its order, its product, and who bought.
 */

function missing(column: string, title: string, advice: string): CellRule {
  return {
    id: `${column}.missing`,
    scope: 'CELL',
    severity: 'ERROR',
    code: 'validation_missing_value',
    covers: [`F2:${column}`],
    source: emarsys,
    title,
    advice,
    columns: [column],
    isForEmpty: true,
    check: (cell) => (isBlank(cell) ? noParams : null),
    accepted: ['A-1001', '0'],
    refused: ['', '  '],
  };
}

const orderLength: CellRule = {
  id: 'order.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers: ['F2:order'],
  source: emplifi,
  title: 'The number of an order is too long',
  advice: 'It has {length} characters and may have 255. Use the number that the shop gives the order, like 100042.',
  columns: ['order'],
  check: (cell) => (isLongerThan(cell, 255) ? { length: lengthOf(cell) } : null),
  accepted: ['100042', 'ü'.repeat(255)],
  refused: ['x'.repeat(256)],
};

const orderReused: FileRule = {
  id: 'order.reused',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F2:order'],
  source: emarsys,
  title: 'One order number stands for two orders',
  advice:
    'An earlier row with this number has another {what}. Give each order a number of its own, and repeat it on all its lines.',
  columns: ['order', 'customer', 'email', 'timestamp', 'type', 'quantity'],
  needs: ['order'],
  watch: (_judging, _known, memory) => {
    // Two fingerprints an order: whose it is, and its day. 30 MB at most.
    const table = memory.bounded('order', new PrintTable(Math.min(1_500_000, memory.most)));
    const print = new Print();
    const value = new Print();
    const otherCustomer = brokenAt('order', { what: 'customer' });
    const otherDay = brokenAt('order', { what: 'day' });
    return {
      row: (cells) => {
        const [order, customer, email, timestamp, type, quantity] = cells as readonly [
          Cell,
          Cell,
          Cell,
          Cell,
          Cell,
          Cell,
        ];
        if (isBlank(order)) return null;
        print.clear().add(order);
        if (!isBlank(customer) || !isBlank(email)) {
          const tag = value.clear().addFolded(customer).addFolded(email).tag;
          const found = table.put(print.low, print.high, tag);
          if (found !== 0 && found !== tag) return otherCustomer;
        }
        // What comes back comes back on a later day.
        if (timestamp.length < 10 || isReturn(type, quantity)) return null;
        const day = value.clear().addBytes(timestamp.bytes, timestamp.start, timestamp.start + 10).tag;
        const found = table.put(print.low ^ 0x5bd1e995, print.high ^ 0x27d4, day);
        return found !== 0 && found !== day ? otherDay : null;
      },
      end: () => [],
    };
  },
  accepted: [
    {
      rows: [
        { order: '1', customer: 'C1', timestamp: '2026-11-01T10:00:00Z' },
        { order: '1', customer: 'C1', timestamp: '2026-11-01T10:00:00Z' },
        { order: '2', customer: 'C1', timestamp: '2026-11-02T10:00:00Z' },
        { order: '1', customer: 'C1', timestamp: '2026-11-09T10:00:00Z', quantity: '-1' },
        { order: '2', customer: 'C1', timestamp: '2026-11-09T10:00:00Z', type: 'return' },
        { order: '', customer: 'C1' },
        { order: '', customer: 'C2' },
      ],
    },
  ],
  refused: [
    {
      rows: [
        { order: '1', customer: 'C1' },
        { order: '1', customer: 'C2' },
      ],
    },
    {
      rows: [
        { order: '1', email: 'anna@shop.example' },
        { order: '1', email: 'bo@shop.example' },
      ],
    },
    {
      rows: [
        { order: '1', timestamp: '2026-11-01T10:00:00Z' },
        { order: '1', timestamp: '2026-11-02T10:00:00Z' },
      ],
    },
  ],
};

const noKey: RowRule = {
  id: 'customer.missing',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F2:customer', 'F2:email'],
  source: emarsys,
  title: 'An order line does not say who bought',
  advice: 'Fill the customer number of your shop, or the email address: the one that all other rows have.',
  columns: ['customer', 'email'],
  check: (cells) => ((cells as Cell[]).every(isBlank) ? brokenAt(null) : null),
  accepted: [{ customer: 'C1' }, { email: 'anna@shop.example' }, { customer: 'C1', email: '' }],
  refused: [{ customer: '' }, { email: ' ' }, { customer: '', email: '' }],
};

const bothKeys: RowRule = {
  id: 'customer.both',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F2:customer', 'F2:email'],
  source: emarsys,
  title: 'A row has both a customer number and an email address',
  advice: 'Emarsys takes one of the two. Remove the column email: the customer number leads to the person as well.',
  columns: ['customer', 'email'],
  needs: ['customer', 'email'],
  profiles: ['emarsys'],
  check: ([customer, email]) => (customer && email && !isBlank(customer) && !isBlank(email) ? brokenAt('email') : null),
  fix: () => '',
  accepted: [
    { customer: 'C1', email: '' },
    { customer: '', email: 'anna@shop.example' },
  ],
  refused: [{ customer: 'C1', email: 'anna@shop.example' }],
  fixed: [{ row: { customer: 'C1', email: 'anna@shop.example' }, to: '' }],
};

const mixedKeys: FileRule = {
  id: 'customer.mixed',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F2:customer', 'F2:email'],
  source: emarsys,
  title: 'Some rows name the customer by number, others by email address',
  advice:
    '{customers} rows have a customer number alone and {emails} an email address alone. Use one kind of key in the whole file.',
  columns: ['customer', 'email'],
  needs: ['customer', 'email'],
  watch: () => {
    let customers = 0;
    let emails = 0;
    return {
      row: ([customer, email]) => {
        if (!customer || !email) return null;
        const hasCustomer = !isBlank(customer);
        if (hasCustomer === !isBlank(email)) return null;
        if (hasCustomer) customers++;
        else emails++;
        return null;
      },
      end: () => (customers > 0 && emails > 0 ? [brokenAt('customer', { customers, emails })] : []),
    };
  },
  accepted: [
    {
      rows: [
        { customer: 'C1', email: 'anna@shop.example' },
        { customer: 'C2', email: '' },
      ],
    },
  ],
  refused: [
    {
      rows: [
        { customer: 'C1', email: '' },
        { customer: '', email: 'anna@shop.example' },
      ],
    },
  ],
};

const addressAsCustomer: CellRule = {
  id: 'customer.email',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: ['F2:customer'],
  source: emarsys,
  title: 'An email address stands where the customer number belongs',
  advice:
    'Put addresses into a column of the name email, or write the number that your shop gives the customer, like C-1042.',
  columns: ['customer'],
  check: (cell) =>
    !isBlank(cell) && emailProblem(cell.bytes, firstOf(cell), lastOf(cell)) === EmailProblem.none ? noParams : null,
  accepted: ['C-1042', '8f14e45f', 'a@b'],
  refused: ['anna@shop.example'],
};

/** The address belongs to the shop itself. */
function isOwnDomain(cell: Cell, hosts: string | undefined): boolean {
  if (hosts === undefined) return false;
  const text = cell.text().trim().toLowerCase();
  const domain = text.slice(text.lastIndexOf('@') + 1);
  return text.includes('@') && hosts.toLowerCase().split(/\s+/).includes(domain);
}

const testOrder: CellRule = {
  id: 'order.test',
  scope: 'CELL',
  severity: 'HINT',
  code: 'validation_invalid_value',
  covers: ['F2:*file*', 'F2:order'],
  source: goodPractice,
  title: 'An order looks like a test',
  advice: 'Orders of your own team teach the wrong thing. Leave them out if nobody meant to buy.',
  columns: ['order', 'customer', 'email', 'coupon'],
  onlyIf: Has.upper | Has.lower,
  exampleDeclares: { verifiedHosts: 'own.example www.own.example' },
  check: (cell, judging) =>
    hasWord(cell, 'test') || isOwnDomain(cell, judging.declared.verifiedHosts) ? noParams : null,
  accepted: ['A-1001', 'LATEST', 'testa@shop.example', 'anna@shop.example', 'own.example'],
  refused: ['TEST-1', 'test@shop.example', 'anna@own.example', 'order test'],
};

export const keyRules: readonly Rule[] = [
  missing(
    'order',
    'A row does not say which order it belongs to',
    'Fill the number of the order on each of its lines, like 100042.',
  ),
  orderLength,
  orderReused,
  missing(
    'item',
    'A row does not say what was bought',
    'Fill the id of the product, exactly as it stands in your product feed.',
  ),
  noKey,
  bothKeys,
  mixedKeys,
  addressAsCustomer,
  ...emailRules(['email'], ['F2:email']).filter(({ id }) => id !== 'email.role'),
  testOrder,
];
