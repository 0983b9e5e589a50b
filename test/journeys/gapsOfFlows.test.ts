import { drawn, link } from './drawing.ts';
import { rule } from './rule.ts';

rule(
  'OUTPUT_UNUSED',
  [
    ['nobody takes it', drawn(['t1 sales OUTPUT vat']), ['vat:t1:sales']],
    ['it was taken before it was there', drawn(['t2 sales OUTPUT vat', 't1 support USE vat']), ['vat:t2:sales']],
    ['somebody takes it later', drawn(['t1 sales OUTPUT vat', 't4 support INPUT vat']), []],
    ['it serves its own department later', drawn(['t1 sales OUTPUT vat', 't2 sales USE vat']), []],
    ['another takes it at the same touchpoint', drawn(['t1 sales OUTPUT vat', 't1 support USE vat']), []],
    ['only its own takes it there', drawn(['t1 sales OUTPUT vat', 't1 sales USE vat']), ['vat:t1:sales']],
    [
      'later the client is asked instead',
      drawn(['t1 sales OUTPUT vat', 't2 support INPUT vat asked']),
      ['vat:t1:sales'],
    ],
    ['another item is taken', drawn(['t1 sales OUTPUT vat', 't2 support USE name']), ['vat:t1:sales']],
    ['stages decide what is later, not the array', drawn(['t2 sales OUTPUT vat', 't3 support USE vat']), []],
    [
      'two of one occasion are one, those of others are others',
      drawn(['t2 sales OUTPUT vat', 't2 sales OUTPUT vat @crm', 't3 sales OUTPUT vat', 't2 finance OUTPUT vat']),
      ['vat:t2:sales', 'vat:t3:sales', 'vat:t2:finance'],
    ],
    [
      'the last output is unused, the first is not',
      drawn(['t1 sales OUTPUT vat', 't2 support USE vat', 't4 sales OUTPUT vat']),
      ['vat:t4:sales'],
    ],
    ['who takes it is no more', drawn(['t1 sales OUTPUT vat', 't2 no-one USE vat']), ['vat:t1:sales']],
    ['who gives it is no more', drawn(['t1 no-one OUTPUT vat']), []],
  ],
  [drawn(['t1 sales OUTPUT vat']), { itemId: 'vat', touchpointId: 't1', departmentId: 'sales' }],
);

rule(
  'USE_UNPRODUCED',
  [
    ['nobody produces it', drawn(['t1 sales USE vat']), ['vat']],
    ['having it is not producing it', drawn(['t1 sales INPUT vat', 't2 sales USE vat']), ['vat']],
    ['somebody produces it', drawn(['t1 sales USE vat', 't1 support OUTPUT vat']), []],
    ['the client is asked, here', drawn(['t1 sales INPUT vat asked']), []],
    ['the client is asked, elsewhere', drawn(['t1 sales USE vat', 't2 support INPUT vat asked']), []],
    ['the client brings it', drawn(['t1 client OUTPUT vat', 't2 sales USE vat']), []],
    ['who produced it is no more', drawn(['t1 no-one OUTPUT vat', 't2 sales USE vat']), ['vat']],
    ['where it was produced is no more', drawn(['no-where sales OUTPUT vat', 't2 sales USE vat']), ['vat']],
    ['it is no more itself', drawn(['t2 sales USE no-item']), []],
    ['several items', drawn(['t1 sales USE vat', 't2 finance USE vat', 't1 sales USE name']), ['vat', 'name']],
  ],
  [
    drawn(['t4 sales USE vat', 't2 sales USE vat', 't2 finance USE vat']),
    { itemId: 'vat', touchpointId: 't2', departmentId: 'finance', touchpoints: 2 },
  ],
);

rule(
  'INPUT_TOO_LATE',
  [
    ['it is produced later', drawn(['t1 sales USE vat', 't2 support OUTPUT vat']), ['vat:t1:sales']],
    ['it is asked for later', drawn(['t2 sales INPUT vat', 't3 support INPUT vat asked']), ['vat:t2:sales']],
    ['at the same touchpoint', drawn(['t2 sales USE vat', 't2 support OUTPUT vat']), []],
    ['before', drawn(['t1 support OUTPUT vat', 't2 sales USE vat']), []],
    ['before and after', drawn(['t1 support OUTPUT vat', 't2 sales USE vat', 't4 support OUTPUT vat']), []],
    ['never', drawn(['t1 sales USE vat']), []],
    ['who asks needs no source', drawn(['t1 sales INPUT vat asked', 't2 support OUTPUT vat']), []],
    ['the touchpoint of the source is no more', drawn(['t1 sales USE vat', 'no-where support OUTPUT vat']), []],
    [
      'several, and one in time',
      drawn([
        't1 sales USE vat',
        't2 sales USE vat',
        't2 finance INPUT vat',
        't3 support OUTPUT vat',
        't4 sales USE vat',
      ]),
      ['vat:t1:sales', 'vat:t2:sales', 'vat:t2:finance'],
    ],
  ],
  [
    drawn(['t1 sales USE vat', 't4 sales OUTPUT vat', 't3 support OUTPUT vat']),
    { itemId: 'vat', touchpointId: 't1', departmentId: 'sales', producedAtId: 't3' },
  ],
);

const twoSystems = ['t1 sales OUTPUT vat @crm', 't2 support INPUT vat @desk'];
rule(
  'REKEYED',
  [
    ['by hand into a second system', drawn(twoSystems), ['vat:desk']],
    ['a link brings it there', drawn(twoSystems, { links: [link('crm', 'desk')] }), []],
    ['a chain of links does', drawn(twoSystems, { links: [link('crm', 'sheet'), link('sheet', 'desk', 'vat')] }), []],
    ['the link passes other items', drawn(twoSystems, { links: [link('crm', 'desk', 'name')] }), ['vat:desk']],
    ['the link leads the other way', drawn(twoSystems, { links: [link('desk', 'crm')] }), ['vat:desk']],
    [
      'the link hangs in the air',
      drawn(twoSystems, { links: [link('crm', 'no-system'), link('no-system', 'desk')] }),
      ['vat:desk'],
    ],
    [
      'links in a circle without it',
      drawn(twoSystems, { links: [link('crm', 'sheet'), link('sheet', 'crm')] }),
      ['vat:desk'],
    ],
    ['it comes there by itself', drawn(['t1 sales OUTPUT vat @crm', 't2 support INPUT vat @desk auto']), []],
    ['the same system again', drawn(['t1 sales OUTPUT vat @crm', 't2 support INPUT vat @crm']), []],
    ['it is worked with there, not put', drawn(['t1 sales OUTPUT vat @crm', 't2 support USE vat @desk']), []],
    ['another item', drawn(['t1 sales OUTPUT vat @crm', 't2 support INPUT name @desk']), []],
    ['the second system is no more', drawn(['t1 sales OUTPUT vat @crm', 't2 support INPUT vat @no-system']), []],
    ['put once more where it was already', drawn([...twoSystems, 't3 support OUTPUT vat @desk']), ['vat:desk']],
    ['into two more', drawn([...twoSystems, 't3 finance INPUT vat @sheet']), ['vat:desk', 'vat:sheet']],
    [
      'a link from the second saves the third',
      drawn([...twoSystems, 't3 finance INPUT vat @sheet'], { links: [link('desk', 'sheet')] }),
      ['vat:desk'],
    ],
    [
      'into two at once: the home was first',
      drawn(['t1 sales OUTPUT vat @crm', 't1 sales OUTPUT vat @slipway']),
      ['vat:crm'],
    ],
    [
      'into two at once: else the smaller id',
      drawn(['t1 sales OUTPUT vat @sheet', 't1 sales OUTPUT vat @desk']),
      ['vat:sheet'],
    ],
  ],
  [drawn(twoSystems), { itemId: 'vat', systemId: 'desk', touchpointId: 't2', heldInId: 'crm' }],
);

rule(
  'ASKED_TWICE',
  [
    ['at two touchpoints', drawn(['t1 sales INPUT vat asked', 't3 support INPUT vat asked']), ['vat']],
    ['while a system has it', drawn(['t1 sales OUTPUT vat @crm', 't3 support INPUT vat asked']), ['vat']],
    ['once', drawn(['t1 sales INPUT vat asked @crm']), []],
    ['by two at one touchpoint', drawn(['t1 sales INPUT vat asked', 't1 support INPUT vat asked']), []],
    ['a system gets it there', drawn(['t1 sales INPUT vat asked', 't1 sales OUTPUT vat @crm']), []],
    ['a system gets it later', drawn(['t1 sales INPUT vat asked', 't2 sales OUTPUT vat @crm']), []],
    ['somebody knew it, in no system', drawn(['t1 sales OUTPUT vat', 't3 support INPUT vat asked']), []],
    ['it was only used from a system', drawn(['t1 sales USE vat @crm', 't3 support INPUT vat asked']), []],
    ['the system is no more', drawn(['t1 sales OUTPUT vat @no-system', 't3 support INPUT vat asked']), []],
    ['the first touchpoint is no more', drawn(['no-where sales INPUT vat asked', 't3 support INPUT vat asked']), []],
    ['different items', drawn(['t1 sales INPUT vat asked', 't3 support INPUT name asked']), []],
    [
      'three times, and another item',
      drawn([
        't1 sales INPUT vat asked',
        't2 sales INPUT vat asked',
        't3 sales INPUT vat asked',
        't1 sales INPUT name asked',
        't4 support USE name asked',
      ]),
      ['vat', 'name'],
    ],
  ],
  [
    drawn(['t1 sales INPUT vat asked @crm', 't4 sales INPUT vat asked', 't2 support INPUT vat asked @desk']),
    { itemId: 'vat', touchpointId: 't2', heldInId: 'crm', touchpoints: 3 },
  ],
);

rule(
  'CONFLICTING_VALUES',
  [
    ['two values', drawn(['t1 sales OUTPUT vat =DE 1', 't2 support USE vat =DE 2']), ['vat']],
    ['at one touchpoint, in one system', drawn(['t1 sales INPUT vat @crm =1', 't1 sales OUTPUT vat @crm =2']), ['vat']],
    ['the same in other letters and spaces', drawn(['t1 sales OUTPUT vat =DE 1', 't2 support USE vat = de   1 ']), []],
    [
      'the same letter, composed otherwise',
      drawn(['t1 sales OUTPUT vat =Caf\u00e9', 't2 support USE vat =Cafe\u0301']),
      [],
    ],
    ['one value, and an empty one', drawn(['t1 sales OUTPUT vat =1', 't2 support USE vat = ']), []],
    ['one value, and none', drawn(['t1 sales OUTPUT vat =1', 't2 support USE vat']), []],
    ['of two items', drawn(['t1 sales OUTPUT vat =1', 't2 support USE name =2']), []],
    ['who says the other is no more', drawn(['t1 sales OUTPUT vat =1', 't2 no-one USE vat =2']), []],
    [
      'several',
      drawn(['t1 sales OUTPUT vat =1', 't2 sales USE vat =2', 't1 sales OUTPUT name =a', 't2 sales USE name =b']),
      ['vat', 'name'],
    ],
  ],
  [
    drawn(['t1 sales OUTPUT vat =1', 't2 sales USE vat =2', 't3 sales USE vat =2', 't4 sales USE vat =3']),
    { itemId: 'vat', values: 3 },
  ],
);
