import { uuidv7 } from 'uuidv7';
import type { Session } from '../support/session.ts';
import { done } from './furnished.ts';

/** One part of each kind on a map, and the lists of `JourneyEditInput` that they go into. */
export const partNouns = {
  stages: 'mapStage',
  departments: 'mapDepartment',
  goals: 'mapGoal',
  touchpoints: 'mapTouchpoint',
  items: 'mapItem',
  systems: 'mapSystem',
  links: 'mapLink',
  flows: 'mapFlow',
  painPoints: 'mapPainPoint',
  personas: 'mapPersona',
  interviews: 'mapInterview',
} as const;
export type PartList = keyof typeof partNouns;
export type PartNoun = (typeof partNouns)[PartList];
export type MapNoun = PartNoun | 'journey' | 'mapComment';
export type MapIds = Record<MapNoun, string>;

/** What is named in a part's field of this name. */
const named: Readonly<Record<string, PartNoun>> = {
  stageId: 'mapStage',
  departmentId: 'mapDepartment',
  departmentIds: 'mapDepartment',
  initiatorId: 'mapDepartment',
  receiverId: 'mapDepartment',
  ownerId: 'mapDepartment',
  itemId: 'mapItem',
  itemIds: 'mapItem',
  touchpointId: 'mapTouchpoint',
  touchpointIds: 'mapTouchpoint',
  systemId: 'mapSystem',
  tools: 'mapSystem',
  homeIds: 'mapSystem',
  fromId: 'mapSystem',
  toId: 'mapSystem',
  painPointId: 'mapPainPoint',
  personaId: 'mapPersona',
  evidenceIds: 'mapInterview',
  aboutId: 'mapTouchpoint',
};

/** What an argument of an act on a journey is the id of; null for one that nobody said anything about. */
export function nounOfJourneys(path: readonly string[]): MapNoun | 'person' | 'template' | null {
  const [name = '', list = ''] = [path.at(-1), path.at(-2)];
  if (path.join() === 'id' || name === 'copyOfId' || name === 'journeyId') return 'journey';
  if (name === 'id') return list === 'removals' ? 'mapFlow' : (partNouns[list as PartList] ?? null);
  if (name === 'commentId') return 'mapComment';
  if (name === 'templateId') return 'template';
  const isPerson = name === 'personId' || (name === 'ownerId' && path.length < 3);
  return isPerson ? 'person' : (named[name] ?? null);
}

/** A part that could be put on the map of these ids; new where no id is given. */
export function partFor(list: PartList, ids: Omit<MapIds, 'mapComment'>, id: string = uuidv7(), word = 'Part'): object {
  const part = { id, revision: 0, rank: 1 };
  const system = ids.mapSystem;
  const own: Record<PartList, object> = {
    stages: { name: word },
    departments: { name: word, kind: 'TEAM' },
    goals: { departmentId: ids.mapDepartment, kind: 'FOR_CUSTOMER', name: word, itemIds: [], touchpointIds: [] },
    touchpoints: { stageId: ids.mapStage, departmentIds: [], name: word, channel: word, tasks: [word], tools: [] },
    items: { name: word, sensitivity: 'INTERNAL', homeIds: [] },
    systems: { name: word, kind: 'CRM' },
    links: { fromId: system, toId: system },
    flows: {
      ...{ touchpointId: ids.mapTouchpoint, departmentId: ids.mapDepartment, itemId: ids.mapItem },
      ...{ kind: 'USE', isAutomatic: false, isAskedOfClient: false },
    },
    painPoints: { touchpointId: ids.mapTouchpoint, text: word, severity: 1 },
    personas: { name: word, role: word, about: word, wants: word },
    interviews: { name: word, role: word, notes: word, touchpointIds: [] },
  };
  return { ...part, ...own[list] };
}

/** A journey with one part of each kind on its map, each with a word of its own. */
export async function drawMap(pm: Session, say: (thing: string) => string): Promise<MapIds> {
  const input = { name: say('journeyName'), idempotencyKey: crypto.randomUUID() };
  const { journey } = await done<{ journey: { id: string } }>(
    pm,
    'journeyCreate',
    'JourneyCreateInput',
    { input },
    'journey { id }',
  );
  const lists = Object.keys(partNouns) as PartList[];
  const ids = Object.fromEntries(lists.map((list) => [partNouns[list], uuidv7()])) as Record<PartNoun, string>;
  const whole = { ...ids, journey: journey.id };
  const parts = lists.map((list) => [list, [partFor(list, whole, ids[partNouns[list]], say(partNouns[list]))]]);
  const drawing = { ...Object.fromEntries(parts), idempotencyKey: crypto.randomUUID() };
  await done(pm, 'journeyEdit', 'JourneyEditInput', { id: journey.id, input: drawing }, 'position');
  const said = { text: say('journeyComment'), aboutId: whole.mapTouchpoint, idempotencyKey: crypto.randomUUID() };
  const { journey: after } = await done<{ journey: { parts: { comments: { id: string }[] } } }>(
    pm,
    'journeyComment',
    'JourneyCommentInput',
    { id: journey.id, input: said },
    'journey { parts { comments { id } } }',
  );
  return { ...whole, mapComment: after.parts.comments[0]?.id ?? '' };
}
