import type { Experience, Flow, FlowKind, Goal, JourneyMap, PainPoint, Touchpoint } from '../../journeys/map.ts';

/*
 * A journey of the sample company as it is written here: by touchpoint, as one tells it. Ids are short words that name
 * each other; whoever puts a journey into the database gives them ids of its own.
 */
export type Told = Pick<JourneyMap, 'stages'> & {
  goals: readonly GoalTold[];
  touchpoints: readonly TouchpointTold[];
};

type GoalTold = Pick<Goal, 'id' | 'departmentId' | 'kind' | 'name' | 'touchpointIds'> & Partial<Goal>;

type TouchpointTold = {
  id: string;
  stage: string;
  name: string;
  channel: string;
  /** Who begins, and who receives; both take part, and so does whoever has a flow. */
  from: string;
  to: string;
  objective: string;
  tasks: readonly string[];
  tools: readonly string[];
  experience: Experience;
  /** `sales OUTPUT volume @crm auto asked =900 a day`: what follows the item may be left out. */
  flows: readonly string[];
  /** The severity, then the words. */
  pains?: readonly (readonly [PainPoint['severity'], string])[];
};

type Company = Pick<JourneyMap, 'departments' | 'systems' | 'items' | 'links'>;

export function mapOfTold({ stages, goals, touchpoints }: Told, company: Company): JourneyMap {
  return {
    ...company,
    stages,
    goals: goals.map((goal) => ({ metric: null, target: null, itemIds: [], ...goal })),
    touchpoints: touchpoints.map(touchpointOf),
    flows: touchpoints.flatMap(({ id, flows }) => flows.map((line, at) => flowOf(line, id, `${id}-flow${at + 1}`))),
    painPoints: touchpoints.flatMap(({ id, pains = [] }) =>
      pains.map(([severity, text], at) => ({
        id: `${id}-pain${at + 1}`,
        touchpointId: id,
        text,
        severity,
        votes: 0,
      })),
    ),
  };
}

function touchpointOf({ id, stage, name, channel, from, to, flows, ...told }: TouchpointTold): Touchpoint {
  const { objective, tasks, tools, experience } = told;
  const taking = flows.map((line) => line.split(' ')[0] ?? '');
  const departmentIds = [...new Set([from, to, ...taking])];
  const who = { stageId: stage, departmentIds, initiatorId: from, receiverId: to };
  return { id, name, channel, ...who, objective, tasks, tools, experience };
}

function flowOf(line: string, touchpointId: string, id: string): Flow {
  const [said = '', value = null] = line.split(' =');
  const [departmentId = '', kind = '', itemId = '', ...rest] = said.split(' ');
  return {
    id,
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
