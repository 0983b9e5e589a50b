import { type Cell, Has } from '../../cell.ts';
import type { Broken, FileRule, Memory, Rule } from '../../types.ts';
import { brokenAt } from '../common/answers.ts';
import { repeated } from '../common/first.ts';
import { Print, PrintTable, someRows } from '../common/printTable.ts';
import { itemGroups } from './sources.ts';

/*
 * What the rows of one group of variants have in common, and what they must not.
 */

const differing = ['color', 'size', 'pattern', 'material', 'age_group', 'gender'];

const variantsDiffer: FileRule = {
  id: 'item_group_id.differ',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_duplicate',
  covers: ['F1:item_group_id'],
  source: itemGroups,
  title: 'Two variants of a group are the same',
  advice:
    '{first}Variants of one item_group_id differ in color, size, pattern, material, age_group or gender. Fill in what tells them apart.',
  columns: ['item_group_id', ...differing],
  needs: ['item_group_id'],
  watch: (_judging, _known, memory) => {
    const table = memory.bounded('item_group_id', new PrintTable(memory.most, someRows));
    const print = new Print();
    return {
      row: (cells, row) => {
        if ((cells[0] as Cell).isEmpty) return null;
        print.clear();
        for (let at = 0; at < cells.length; at++) print.add(cells[at] as Cell);
        return table.put(print.low, print.high, 1, row) === 0 ? null : repeated('item_group_id', table.row);
      },
      end: () => [],
    };
  },
  accepted: [
    {
      rows: [
        { item_group_id: 'G', color: 'Red' },
        { item_group_id: 'G', color: 'Blue' },
        { item_group_id: 'H', color: 'Red' },
      ],
    },
    { rows: [{ item_group_id: '' }, { item_group_id: '' }] },
  ],
  refused: [
    {
      rows: [
        { item_group_id: 'G', color: 'Red' },
        { item_group_id: 'G', color: 'Red' },
      ],
    },
    { rows: [{ item_group_id: 'G' }, { item_group_id: 'G' }] },
  ],
};

const groupBrand: FileRule = {
  id: 'item_group_id.brand',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:item_group_id'],
  source: itemGroups,
  title: 'Variants of one group have different brands',
  advice: 'All variants of an item_group_id are one product of one brand. Give other products a group of their own.',
  columns: ['item_group_id', 'brand'],
  needs: ['item_group_id', 'brand'],
  watch: (_judging, _known, memory) =>
    groupWatch(memory, brokenAt('brand'), (group, brand) => (group.isEmpty || brand.isEmpty ? null : brand)),
  accepted: [
    {
      rows: [
        { item_group_id: 'G', brand: 'Acme' },
        { item_group_id: 'G', brand: 'Acme' },
        { item_group_id: 'H', brand: 'Bolt' },
      ],
    },
  ],
  refused: [
    {
      rows: [
        { item_group_id: 'G', brand: 'Acme' },
        { item_group_id: 'G', brand: 'Bolt' },
      ],
    },
  ],
};

const groupCase: FileRule = {
  id: 'item_group_id.case',
  scope: 'FILE',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:item_group_id'],
  source: itemGroups,
  title: 'An item_group_id differs from another by capitals alone',
  advice:
    'Write it the same way for all variants: SHOE-42 and shoe-42 are two groups for some systems and one for others.',
  columns: ['item_group_id'],
  needs: ['item_group_id'],
  watch: (_judging, _known, memory) =>
    groupWatch(
      memory,
      brokenAt('item_group_id'),
      (group) => ((group.flags & (Has.upper | Has.lower)) === 0 ? null : group),
      true,
    ),
  accepted: [{ rows: [{ item_group_id: 'G' }, { item_group_id: 'G' }, { item_group_id: '1' }] }],
  refused: [{ rows: [{ item_group_id: 'shoe' }, { item_group_id: 'SHOE' }] }],
};

/** Whether what belongs to a group is the same in all its rows. */
function groupWatch(
  memory: Memory,
  broken: Broken,
  comparedOf: (group: Cell, second: Cell) => Cell | null,
  isFolded = false,
) {
  const table = memory.bounded('item_group_id', new PrintTable(memory.most));
  const print = new Print();
  const value = new Print();
  return {
    row: (cells: readonly Cell[]) => {
      const group = cells[0] as Cell;
      const cell = comparedOf(group, (cells[1] ?? group) as Cell);
      if (cell === null) return null;
      if (isFolded) print.clear().addFolded(group);
      else print.clear().add(group);
      const tag = value.clear().add(cell).tag;
      const found = table.put(print.low, print.high, tag);
      return found !== 0 && found !== tag ? broken : null;
    },
    end: () => [],
  };
}

export const groupRules: readonly Rule[] = [variantsDiffer, groupBrand, groupCase];
