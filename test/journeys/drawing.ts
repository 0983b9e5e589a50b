import type { Flow, FlowKind, JourneyMap } from '../../server/journeys/map.ts';

/** A map without a gap of its own: four touchpoints in two stages, and no information. */
export const blank: JourneyMap = {
  stages: [
    { id: 'buy', name: 'Buying' },
    { id: 'own', name: 'Owning' },
  ],
  departments: [
    { id: 'client', name: 'Client', kind: 'CUSTOMER' },
    { id: 'sales', name: 'Sales', kind: 'TEAM' },
    { id: 'support', name: 'Support', kind: 'TEAM' },
    { id: 'finance', name: 'Finance', kind: 'TEAM' },
    { id: 'agency', name: 'Agency', kind: 'THIRD_PARTY' },
  ],
  goals: [],
  // Given out of order: the stage decides before the array does.
  touchpoints: [touchpoint('t3', 'own'), touchpoint('t1', 'buy'), touchpoint('t4', 'own'), touchpoint('t2', 'buy')],
  items: [],
  systems: [
    { id: 'slipway', name: 'Slipway', kind: 'SLIPWAY', ownerId: null },
    { id: 'crm', name: 'CRM', kind: 'CRM', ownerId: 'sales' },
    { id: 'desk', name: 'Help desk', kind: 'SUPPORT', ownerId: 'support' },
    { id: 'sheet', name: 'Sheet', kind: 'SHEET', ownerId: null },
  ],
  links: [],
  flows: [],
  painPoints: [],
};

export function touchpoint(
  id: string,
  stageId: string,
  over: Partial<JourneyMap['touchpoints'][number]> = {},
): JourneyMap['touchpoints'][number] {
  return {
    id,
    stageId,
    departmentIds: [],
    initiatorId: null,
    receiverId: null,
    name: id,
    channel: 'E-mail',
    objective: null,
    tasks: [],
    tools: [],
    experience: null,
    ...over,
  };
}

export const item = (id: string, over: Partial<JourneyMap['items'][number]> = {}): JourneyMap['items'][number] => ({
  id,
  name: id,
  ownerId: 'sales',
  sensitivity: 'INTERNAL',
  homeIds: ['slipway'],
  factKey: null,
  ...over,
});

export const goal = (
  id: string,
  departmentId: string,
  over: Partial<JourneyMap['goals'][number]> = {},
): JourneyMap['goals'][number] => ({
  id,
  departmentId,
  kind: 'FOR_CUSTOMER',
  name: id,
  metric: null,
  target: null,
  itemIds: [],
  touchpointIds: [],
  ...over,
});

export const link = (fromId: string, toId: string, ...itemIds: string[]): JourneyMap['links'][number] => ({
  id: `${fromId}>${toId}`,
  fromId,
  toId,
  itemIds: itemIds.length === 0 ? null : itemIds,
});

/** `t1 sales OUTPUT vat @crm auto asked =DE 123`: what follows the item may be left out. Its id is the line. */
export function flow(line: string): Flow {
  const [said = '', value = null] = line.split(' =');
  const [touchpointId = '', departmentId = '', kind = '', itemId = '', ...rest] = said.split(' ');
  return {
    id: line,
    touchpointId,
    departmentId,
    kind: kind as FlowKind,
    itemId,
    systemId: rest.find((word) => word.startsWith('@'))?.slice(1) ?? null,
    isAutomatic: rest.includes('auto'),
    isAskedOfClient: rest.includes('asked'),
    value,
  };
}

/** The blank map with these flows; items that only they name are made, with an owner and their home in Slipway. */
export function drawn(lines: readonly string[], over: Partial<JourneyMap> = {}): JourneyMap {
  const flows = lines.map(flow);
  const given = over.items ?? [];
  const named = [...new Set(flows.map(({ itemId }) => itemId))].filter((id) => !id.startsWith('no-'));
  const made = named.filter((id) => !given.some((one) => one.id === id)).map((id) => item(id));
  return { ...blank, flows, ...over, items: [...given, ...made] };
}
