import type { publishedPlaybooks } from '../templates/queries.ts';
import { words } from '../words/en.ts';
import type { FlowKind, Sensitivity } from './map.ts';
import type { BodyOf, PartKind, Put } from './parts.ts';
import { sameName } from './sameName.ts';
import { mapLimits } from './shapes.ts';

type Playbook = Awaited<ReturnType<typeof publishedPlaybooks>>[number];
type Task = Playbook['phases'][number]['tasks'][number];
type Side = Task['side'];

/** What somebody hands in: a file, an address, an answer. */
type HandedIn = { name: string; sensitivity: Sensitivity; factKey: string | null };

/**
 * The stretch of a journey that a template is: a stage for each phase, a touchpoint for each task in the lane of whoever
 * does it, and what is handed in there as information at home in Slipway. With it works whoever looks at it, and whoever
 * does a task that waits for this one. A fact that two tasks ask for is one piece of information: the second time it is
 * confirmed, not asked. Ids are made by `newId`; names are cut to what a map holds.
 */
export function partsOfTemplate({ phases }: Playbook, newId: () => string): Put[] {
  const made = new Drawn(newId);
  const system = made.put('SYSTEM', { name: words.journeyTemplates.system(), kind: 'SLIPWAY', ownerId: null });
  const handedInAt = new Map<string, string[]>();
  for (const phase of phases) {
    const stageId = made.put('STAGE', { name: cut(phase.name) });
    for (const task of phase.tasks) {
      const [doer, team] = [made.departmentOf(task.side), task.isReviewWanted ? made.departmentOf('COMPANY') : null];
      const waited = task.after.flatMap((key) => handedInAt.get(key) ?? []);
      const touchpointId = made.put('TOUCHPOINT', {
        ...{ name: cut(task.title), stageId, initiatorId: doer, receiverId: team === doer ? null : team },
        ...{
          departmentIds: [...new Set([doer, ...(team === null ? [] : [team])])],
          channel: words.journeyTemplates.system(),
        },
        ...{ objective: task.purpose, tasks: [], tools: [system], experience: null },
      });
      const flow = (departmentId: string, kind: FlowKind, itemId: string, isAskedOfClient = false) =>
        made.put('FLOW', {
          ...{ touchpointId, departmentId, kind, itemId, systemId: system, isAskedOfClient },
          ...{ isAutomatic: false, value: null },
        });
      for (const itemId of new Set(waited)) flow(doer, 'USE', itemId);
      const own = handedIn(task).map((one) => made.itemOf(one, doer, system));
      for (const { id, isNew } of own) {
        flow(doer, 'OUTPUT', id, isNew && task.side === 'CLIENT');
        if (team !== null) flow(team, 'USE', id);
      }
      handedInAt.set(
        task.key,
        own.map(({ id }) => id),
      );
    }
  }
  return made.puts;
}

/** Of a form the facts that are kept of an account are each a piece of information; its other answers are one. */
function handedIn({ inputs }: Task): HandedIn[] {
  return inputs.flatMap(({ label, spec }): HandedIn[] => {
    const whole: HandedIn = { name: cut(label), sensitivity: 'INTERNAL', factKey: null };
    switch (spec.kind) {
      case 'FILE':
      case 'URL':
        return [whole];
      case 'CREDENTIALS':
        return [{ ...whole, sensitivity: 'SECRET' }];
      case 'FORM': {
        const facts = spec.questions.flatMap((one) =>
          one.fact ? [{ ...whole, name: cut(one.label), factKey: one.fact }] : [],
        );
        return facts.length === spec.questions.length ? facts : [whole, ...facts];
      }
      default:
        return [];
    }
  });
}

/** What was put so far, each thing once. */
class Drawn {
  readonly puts: Put[] = [];
  readonly #newId: () => string;
  readonly #departments = new Map<Side, string>();
  readonly #items = new Map<string, string>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  put<Kind extends PartKind>(kind: Kind, body: BodyOf[Kind]): string {
    const id = this.#newId();
    this.puts.push({ id, kind, revision: null, rank: this.puts.length + 1, body } as Put);
    return id;
  }

  departmentOf(side: Side): string {
    const known = this.#departments.get(side);
    if (known) return known;
    const { client, team, thirdParty } = words.journeyTemplates;
    const body = {
      CLIENT: { name: client(), kind: 'CUSTOMER' as const },
      COMPANY: { name: team(), kind: 'TEAM' as const },
      THIRD_PARTY: { name: thirdParty(), kind: 'THIRD_PARTY' as const },
    }[side];
    const id = this.put('DEPARTMENT', body);
    this.#departments.set(side, id);
    return id;
  }

  /** The same fact, or else the same name, is the same piece of information. */
  itemOf({ name, sensitivity, factKey }: HandedIn, ownerId: string, home: string): { id: string; isNew: boolean } {
    const key = factKey ?? `name ${sameName(name)}`;
    const known = this.#items.get(key);
    if (known) return { id: known, isNew: false };
    const id = this.put('ITEM', { name, sensitivity, factKey, ownerId, homeIds: [home] });
    this.#items.set(key, id);
    return { id, isNew: true };
  }
}

function cut(text: string): string {
  return [...text].slice(0, mapLimits.name).join('').trim();
}
