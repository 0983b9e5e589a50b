import type { JourneyMap } from '../../server/journeys/map.ts';
import { blank, drawn, goal, item, link, touchpoint } from './drawing.ts';
import { rule } from './rule.ts';

/** One item that flows, made so. */
const held = (over: Parameters<typeof item>[1], map: Partial<JourneyMap> = {}) =>
  drawn(['t1 sales OUTPUT vat'], { items: [item('vat', over)], ...map });
/** An item that nothing on the journey touches. */
const untouched = (over: Parameters<typeof item>[1]) => ({ ...blank, items: [item('vat', over)] });
const wanted = { goals: [goal('answer in time', 'support', { itemIds: ['vat'] })] };

rule(
  'NO_OWNER',
  [
    ['nobody owns it', held({ ownerId: null }), ['vat']],
    ['who owned it is no more', held({ ownerId: 'no-one' }), ['vat']],
    ['somebody does', held({ ownerId: 'finance' }), []],
    ['nothing on this journey touches it', untouched({ ownerId: null }), []],
    ['a goal names it', { ...untouched({ ownerId: null }), ...wanted }, ['vat']],
    [
      'several',
      drawn(['t1 sales USE name'], {
        items: [item('name', { ownerId: null }), item('vat', { ownerId: null })],
        ...wanted,
      }),
      ['vat', 'name'],
    ],
  ],
  [held({ ownerId: null }), { itemId: 'vat' }],
);

rule(
  'NO_HOME',
  [
    ['it has none', held({ homeIds: [] }), ['vat']],
    ['its home is no more', held({ homeIds: ['no-system'] }), ['vat']],
    ['it has one', held({ homeIds: ['sheet'] }), []],
    ['it has one, and one that is no more', held({ homeIds: ['no-system', 'sheet'] }), []],
    ['nothing on this journey touches it', untouched({ homeIds: [] }), []],
    ['only who is no more does', drawn(['t1 no-one USE vat'], { items: [item('vat', { homeIds: [] })] }), []],
    [
      'several',
      drawn(['t1 sales USE vat', 't1 sales USE name'], {
        items: [item('vat', { homeIds: [] }), item('name', { homeIds: [] })],
      }),
      ['vat', 'name'],
    ],
  ],
  [held({ homeIds: [] }), { itemId: 'vat' }],
);

rule(
  'TWO_HOMES',
  [
    ['two', held({ homeIds: ['crm', 'slipway'] }), ['vat']],
    ['three are one gap', held({ homeIds: ['crm', 'slipway', 'sheet'] }), ['vat']],
    ['the same twice', held({ homeIds: ['crm', 'crm'] }), []],
    ['one of them is no more', held({ homeIds: ['crm', 'no-system'] }), []],
    ['nothing on this journey touches it', untouched({ homeIds: ['crm', 'desk'] }), []],
  ],
  [held({ homeIds: ['crm', 'slipway', 'sheet'] }), { itemId: 'vat', homes: 3 }],
);

rule(
  'HELD_OUTSIDE',
  [
    ['in another system', held({ homeIds: ['crm'] }), ['vat']],
    ['in Slipway', held({ homeIds: ['slipway'] }), []],
    ['in Slipway and another', held({ homeIds: ['slipway', 'crm'] }), ['vat']],
    ['nowhere is another gap', held({ homeIds: [] }), []],
    ['in a system that is no more', held({ homeIds: ['no-system'] }), []],
    ['nothing on this journey touches it', untouched({ homeIds: ['crm'] }), []],
  ],
  [held({ homeIds: ['slipway', 'sheet', 'crm'] }), { itemId: 'vat', systemId: 'sheet' }],
);

const round = [link('crm', 'desk'), link('desk', 'crm')];
const inCrm = ['t1 sales OUTPUT vat @crm'];
rule(
  'CYCLE',
  [
    ['to and fro between two, neither of record', drawn(inCrm, { links: round }), ['crm:desk']],
    ['with one system of record', drawn(inCrm, { links: round, items: [item('vat', { homeIds: ['desk'] })] }), []],
    ['with two', drawn(inCrm, { links: round, items: [item('vat', { homeIds: ['desk', 'crm'] })] }), ['crm:desk']],
    ['one way', drawn(inCrm, { links: [link('crm', 'desk')] }), []],
    ['into itself', drawn(inCrm, { links: [link('crm', 'crm')] }), []],
    [
      'through three',
      drawn(inCrm, { links: [link('crm', 'desk'), link('desk', 'sheet'), link('sheet', 'crm')] }),
      ['crm:desk:sheet'],
    ],
    [
      'two circles that touch are one',
      drawn(inCrm, { links: [...round, link('desk', 'sheet'), link('sheet', 'desk')] }),
      ['crm:desk:sheet'],
    ],
    [
      'other items go round',
      drawn([...inCrm, 't1 sales OUTPUT name'], { links: [link('crm', 'desk'), link('desk', 'crm', 'name')] }),
      [],
    ],
    ['the item never stands in it', drawn(['t1 sales OUTPUT vat @sheet'], { links: round }), []],
    [
      'one of the systems is no more',
      drawn(inCrm, { links: [link('crm', 'no-system'), link('no-system', 'crm')] }),
      [],
    ],
    [
      'one for all items, and one for this',
      drawn([...inCrm, 't2 sales OUTPUT vat @sheet'], {
        links: [...round, link('sheet', 'slipway', 'vat'), link('slipway', 'sheet', 'vat')],
        items: [item('vat', { homeIds: [] })],
      }),
      ['crm:desk', 'sheet:slipway'],
    ],
    [
      'one for all items that grows for this',
      drawn(inCrm, { links: [...round, link('desk', 'sheet', 'vat'), link('sheet', 'crm')] }),
      ['crm:desk:sheet'],
    ],
    [
      'two circles',
      drawn(inCrm, {
        links: [...round, link('sheet', 'slipway'), link('slipway', 'sheet')],
        items: [item('vat', { homeIds: [] }), item('name', { homeIds: ['sheet', 'slipway'] })],
        goals: [goal('g', 'sales', { itemIds: ['name'] })],
      }),
      ['crm:desk', 'sheet:slipway'],
    ],
  ],
  [drawn([...inCrm, 't2 sales USE name @desk'], { links: round }), { systems: 2, items: 2 }],
);

/** Who takes part in t1, and who in t2, both of the first stage. */
const lanes = (
  t1: string[],
  t2: string[],
  lines: string[] = [],
  over: Partial<JourneyMap['touchpoints'][number]> = {},
) => ({
  ...drawn(lines),
  touchpoints: [
    touchpoint('t1', 'buy', { departmentIds: t1, ...over }),
    touchpoint('t2', 'buy', { departmentIds: t2 }),
    touchpoint('t3', 'own'),
  ],
});
rule(
  'NO_EXCHANGE',
  [
    ['two teams at one touchpoint', lanes(['sales', 'support'], []), ['sales:support']],
    ['two teams in one stage', lanes(['sales'], ['support']), ['sales:support']],
    ['teams in two stages', drawn(['t1 sales USE vat', 't3 support USE vat']), []],
    [
      'an item goes from one to the other',
      lanes(['sales'], ['support'], ['t1 sales OUTPUT vat', 't2 support USE vat']),
      [],
    ],
    ['or back', lanes(['sales'], ['support'], ['t1 support OUTPUT vat', 't3 sales INPUT vat']), []],
    [
      'what the client told one reaches the other',
      lanes(['sales'], ['support'], ['t1 sales INPUT vat asked @crm', 't2 support USE vat @crm']),
      [],
    ],
    ['in another stage', lanes(['sales'], ['support'], ['t3 sales OUTPUT vat', 't3 support USE vat']), []],
    [
      'it was needed before',
      lanes(['sales'], ['support'], ['t1 support USE vat', 't2 sales OUTPUT vat']),
      ['sales:support'],
    ],
    [
      'each asks the client',
      lanes(['sales'], ['support'], ['t1 sales INPUT vat asked', 't2 support INPUT vat asked']),
      ['sales:support'],
    ],
    ['a team and its client', lanes(['sales', 'client'], []), []],
    ['a team and an agency', lanes(['sales', 'agency'], []), []],
    ['a team that is no more', lanes(['sales', 'no-one'], []), []],
    [
      'who begins and who receives take part',
      lanes([], [], [], { initiatorId: 'sales', receiverId: 'support' }),
      ['sales:support'],
    ],
    ['three teams', lanes(['sales', 'support', 'finance'], []), ['finance:sales', 'finance:support', 'sales:support']],
    [
      'three, of whom two exchange',
      lanes(['sales', 'support', 'finance'], [], ['t1 sales OUTPUT vat', 't1 finance USE vat']),
      ['finance:support', 'sales:support'],
    ],
  ],
  [
    drawn(['t4 sales USE vat', 't3 support USE vat', 't1 support USE vat', 't2 sales USE vat']),
    { departmentId: 'sales', otherId: 'support', stageId: 'buy', stages: 2 },
  ],
);

const withGoals = (...goals: JourneyMap['goals']) => ({ ...lanes(['sales'], ['support']), goals });
rule(
  'GOAL_WITHOUT_TOUCHPOINT',
  [
    ['it names none', withGoals(goal('g', 'sales')), ['g']],
    ['it names one that is no more', withGoals(goal('g', 'sales', { touchpointIds: ['no-where'] })), ['g']],
    [
      'it names one whose stage is no more',
      { ...withGoals(goal('g', 'sales', { touchpointIds: ['t3'] })), stages: blank.stages.slice(0, 1) },
      ['g'],
    ],
    ['it names one', withGoals(goal('g', 'sales', { touchpointIds: ['no-where', 't1'] })), []],
    ['its department is nowhere on the journey', withGoals(goal('g', 'finance')), []],
    ['its department is no more', withGoals(goal('g', 'no-one')), []],
    [
      'several, of both kinds',
      withGoals(goal('g', 'sales'), goal('h', 'support', { kind: 'FOR_DEPARTMENT' })),
      ['g', 'h'],
    ],
  ],
  [withGoals(goal('g', 'sales')), { goalId: 'g', departmentId: 'sales' }],
);

rule(
  'TOUCHPOINT_WITHOUT_GOAL',
  [
    ['no goal names it', withGoals(), ['t1', 't2', 't3']],
    ['a goal in its lanes does', withGoals(goal('g', 'sales', { touchpointIds: ['t1'] })), ['t2', 't3']],
    ['a goal of another lane does', withGoals(goal('g', 'sales', { touchpointIds: ['t2', 't3'] })), ['t1', 't2', 't3']],
    [
      'who has a flow there takes part',
      { ...drawn(['t4 finance USE vat']), goals: [goal('g', 'finance', { touchpointIds: ['t4'] })] },
      ['t1', 't2', 't3'],
    ],
    [
      'the department of the goal is no more',
      withGoals(goal('g', 'no-one', { touchpointIds: ['t1'] })),
      ['t1', 't2', 't3'],
    ],
    ['its stage is no more', { ...withGoals(), stages: [] }, []],
  ],
  [{ ...withGoals(), touchpoints: [touchpoint('t1', 'buy')] }, { touchpointId: 't1' }],
);

const wishing = (lines: string[], ...goals: JourneyMap['goals']) => drawn(lines, { goals });
const wish = goal('g', 'support', { itemIds: ['vat'] });
rule(
  'OPPORTUNITY',
  [
    ['another produces it, who wishes never has it', wishing(['t1 sales OUTPUT vat'], wish), ['support:vat']],
    ['another asks the client for it', wishing(['t1 sales INPUT vat asked'], wish), ['support:vat']],
    ['the client brings it', wishing(['t1 client OUTPUT vat'], wish), ['support:vat']],
    ['nobody produces it', wishing(['t1 sales USE vat'], wish), []],
    ['who wishes receives it', wishing(['t1 sales OUTPUT vat', 't2 support INPUT vat'], wish), []],
    ['who wishes uses it before it is there', wishing(['t2 sales OUTPUT vat', 't1 support USE vat'], wish), []],
    ['who wishes produces it too', wishing(['t1 sales OUTPUT vat', 't1 support OUTPUT vat'], wish), []],
    ['no goal names it', wishing(['t1 sales OUTPUT vat'], goal('g', 'support')), []],
    ['its own goal', wishing(['t1 sales OUTPUT vat'], goal('g', 'sales', { itemIds: ['vat'] })), []],
    ['who wished is no more', wishing(['t1 sales OUTPUT vat'], goal('g', 'no-one', { itemIds: ['vat'] })), []],
    [
      'what was wished is no more',
      wishing(['t1 sales OUTPUT vat'], goal('g', 'support', { itemIds: ['no-item'] })),
      [],
    ],
    [
      'two goals of one department are one',
      wishing(['t1 sales OUTPUT vat'], wish, { ...wish, id: 'h' }),
      ['support:vat'],
    ],
    [
      'two departments are two',
      wishing(['t1 sales OUTPUT vat'], wish, { ...wish, id: 'h', departmentId: 'finance' }),
      ['finance:vat', 'support:vat'],
    ],
  ],
  [
    wishing(['t2 sales OUTPUT vat', 't1 finance INPUT vat asked'], wish),
    { itemId: 'vat', departmentId: 'support', producerId: 'finance', touchpointId: 't1' },
  ],
);

rule(
  'DANGLING',
  [
    ['nothing is missing', drawn(['t1 sales OUTPUT vat @crm']), []],
    [
      'a flow names what is no more',
      drawn(['no-where no-one USE no-item @no-system']),
      ['DEPARTMENT:no-one', 'ITEM:no-item', 'SYSTEM:no-system', 'TOUCHPOINT:no-where'],
    ],
    [
      'a touchpoint does',
      {
        ...blank,
        touchpoints: [
          touchpoint('t1', 'no-stage', {
            departmentIds: ['no-a'],
            initiatorId: 'no-b',
            receiverId: 'no-c',
            tools: ['no-d'],
          }),
        ],
      },
      ['STAGE:no-stage', 'DEPARTMENT:no-a', 'DEPARTMENT:no-b', 'DEPARTMENT:no-c', 'SYSTEM:no-d'],
    ],
    [
      'a goal does',
      { ...blank, goals: [goal('g', 'no-a', { itemIds: ['no-b'], touchpointIds: ['no-c'] })] },
      ['DEPARTMENT:no-a', 'ITEM:no-b', 'TOUCHPOINT:no-c'],
    ],
    [
      'an item does',
      { ...blank, items: [item('vat', { ownerId: 'no-a', homeIds: ['no-b'] })] },
      ['DEPARTMENT:no-a', 'SYSTEM:no-b'],
    ],
    [
      'a system does',
      { ...blank, systems: [{ id: 'crm', name: 'CRM', kind: 'CRM', ownerId: 'no-a' }] },
      ['DEPARTMENT:no-a'],
    ],
    [
      'a link does',
      { ...blank, links: [link('crm', 'no-a', 'no-b'), link('no-c', 'crm')] },
      ['SYSTEM:no-a', 'ITEM:no-b', 'SYSTEM:no-c'],
    ],
    [
      'a pain point does',
      { ...blank, painPoints: [{ id: 'p', touchpointId: 'no-a', text: 'Slow', severity: 2, votes: 1 }] },
      ['TOUCHPOINT:no-a'],
    ],
    [
      'many name one',
      drawn(['t1 no-one USE vat', 't2 no-one USE vat', 't2 no-one OUTPUT name']),
      ['DEPARTMENT:no-one'],
    ],
  ],
  [
    {
      ...drawn(['t1 no-one USE vat']),
      touchpoints: [touchpoint('t1', 'buy', { departmentIds: ['no-one'], initiatorId: 'no-one' })],
    },
    { missing: 'DEPARTMENT', missingId: 'no-one', references: 2 },
  ],
);
