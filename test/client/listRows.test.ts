import { expect, test } from 'vitest';
import { type Plan, type Row, sharingId } from '../../client/screens/newIntegration/list/rows.ts';

const column = (name: string, field: 'ACCOUNT' | 'EXTERNAL_ID') =>
  ({ name, field, isDouble: false, fact: null, system: null }) as unknown as Plan['columns'][number];
const columns = [column('Client', 'ACCOUNT'), column('Id', 'EXTERNAL_ID')];
const row = (number: number, ...cells: string[]): Row => ({
  number,
  line: number,
  cells,
  edits: 0,
  plan: null,
  result: null,
});

test('a mended row is looked at with every row of the id that it had, and of the one that it has now', () => {
  const before = row(2, 'Juniper Lamps', '47');
  const mended = row(2, 'Juniper Lamps', ' 48');
  const rows = [row(1, 'Harbour Books', '47'), mended, row(3, 'Elm', '49'), row(4, 'Oak', '48 '), row(5, '47', '')];
  expect(sharingId(rows, columns, before, mended).map(({ number }) => number)).toEqual([1, 2, 4]);
  const without = sharingId(rows, columns.slice(0, 1), before, mended);
  expect(without).toEqual([mended]);
  const empty = row(5, '47', '');
  expect(sharingId([...rows, row(6, 'Ash', '')], columns, empty, empty)).toEqual([empty]);
});
