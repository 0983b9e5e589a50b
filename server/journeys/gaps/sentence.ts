import { gaps as words } from '../../words/gaps.ts';
import type { JourneyMap } from '../map.ts';
import type { Finding, GapKind } from './gap.ts';

/** What something was called before it was removed, where that is known. */
export type Gone = (id: string) => string | undefined;

/** The one sentence of a gap, with the names of the map: text, whatever people called their things; never markup. */
export function sentenceOf(gap: Finding, map: JourneyMap, gone?: Gone): string {
  return sentencesOf(map, gone)(gap);
}

/** The same for many gaps of one map, whose names are then looked up once. */
export function sentencesOf(map: JourneyMap, gone: Gone = () => undefined): (gap: Finding) => string {
  const { department, system, item, touchpoint, goal, stage } = namesOf(map, gone);
  return (gap) => {
    switch (gap.kind) {
      case 'OUTPUT_UNUSED':
        return begun(words[gap.kind].sentence(occasion(gap.facts)));
      case 'USE_UNPRODUCED':
        return begun(words[gap.kind].sentence(occasion(gap.facts), gap.facts.touchpoints));
      case 'INPUT_TOO_LATE': {
        const producedAt = touchpoint(gap.facts.producedAtId);
        return begun(words[gap.kind].sentence({ ...occasion(gap.facts), producedAt }));
      }
      case 'REKEYED': {
        const { itemId, touchpointId, systemId, heldInId } = gap.facts;
        const said = { item: item(itemId), touchpoint: touchpoint(touchpointId) };
        return begun(words[gap.kind].sentence({ ...said, system: system(systemId), heldIn: system(heldInId) }));
      }
      case 'ASKED_TWICE': {
        const { itemId, touchpointId, heldInId, touchpoints } = gap.facts;
        const said = { item: item(itemId), touchpoint: touchpoint(touchpointId) };
        if (heldInId === null) return words[gap.kind].sentence(said);
        return words[gap.kind].held({ ...said, heldIn: system(heldInId) }, touchpoints);
      }
      case 'CONFLICTING_VALUES':
        return begun(words[gap.kind].sentence({ item: item(gap.facts.itemId) }, gap.facts.values));
      case 'TWO_HOMES':
        return begun(words[gap.kind].sentence({ item: item(gap.facts.itemId) }, gap.facts.homes));
      case 'NO_OWNER':
      case 'NO_HOME':
        return begun(words[gap.kind].sentence({ item: item(gap.facts.itemId) }));
      case 'HELD_OUTSIDE': {
        const { itemId, systemId } = gap.facts;
        return begun(words[gap.kind].sentence({ item: item(itemId), system: system(systemId) }));
      }
      case 'CYCLE': {
        const said = words[gap.kind];
        const { about, facts } = gap;
        const systems =
          about.systemIds.length === 2 ? words.and(about.systemIds.map(system)) : said.systems(facts.systems);
        const [only] = facts.items === 1 ? about.itemIds : [];
        return begun(said.sentence({ systems, items: only === undefined ? said.items(facts.items) : item(only) }));
      }
      case 'NO_EXCHANGE': {
        const { departmentId, otherId, stageId, stages } = gap.facts;
        const said = { department: department(departmentId), other: department(otherId), stage: stage(stageId) };
        return begun(words[gap.kind].sentence(said, stages));
      }
      case 'GOAL_WITHOUT_TOUCHPOINT': {
        const { goalId, departmentId } = gap.facts;
        return begun(words[gap.kind].sentence({ goal: goal(goalId), department: department(departmentId) }));
      }
      case 'TOUCHPOINT_WITHOUT_GOAL':
        return begun(words[gap.kind].sentence({ touchpoint: touchpoint(gap.facts.touchpointId) }));
      case 'OPPORTUNITY':
        return begun(words[gap.kind].sentence({ ...occasion(gap.facts), producer: department(gap.facts.producerId) }));
      case 'DANGLING': {
        const { missing, missingId, references } = gap.facts;
        const name = gone(missingId);
        const said = words[gap.kind];
        return said.sentence(
          { missing: name === undefined ? said.missing[missing]() : words.quoted(name) },
          references,
        );
      }
    }
  };

  function occasion(facts: { itemId: string; touchpointId: string; departmentId: string }) {
    return {
      item: item(facts.itemId),
      touchpoint: touchpoint(facts.touchpointId),
      department: department(facts.departmentId),
    };
  }
}

/** What gaps of this kind are called. */
export const titleOf = (kind: GapKind): string => words[kind].title();

/** What would close a gap of this kind. */
export const hintOf = (kind: GapKind): string => words[kind].hint();

/** Departments and systems are said as names are; what else people named could be anything, and stands in quotes. */
function namesOf(map: JourneyMap, gone: Gone) {
  const lookup = (things: readonly { id: string; name: string }[], asSaid: (name: string) => string) => {
    const names = new Map(things.map(({ id, name }) => [id, name]));
    return (id: string) => {
      const name = names.get(id) ?? gone(id);
      return name === undefined ? words.removed() : asSaid(name);
    };
  };
  const plain = (name: string) => name;
  return {
    department: lookup(map.departments, plain),
    system: lookup(map.systems, plain),
    item: lookup(map.items, words.quoted),
    touchpoint: lookup(map.touchpoints, words.quoted),
    goal: lookup(map.goals, words.quoted),
    stage: lookup(map.stages, words.quoted),
  };
}

/** A name begins as its owner wrote it; only what we say in the place of one takes a capital. */
function begun(sentence: string): string {
  return sentence.startsWith(words.removed()) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}
