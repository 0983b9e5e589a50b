import type { InformationItem } from '../../map.ts';
import { about, type Finding, keyOf } from '../gap.ts';
import { type Passing, passing } from '../passing.ts';
import { aboutSteps, earliest, itemsWithFlows, type Reading, type Step } from '../reading.ts';

/*
 * Is the same thing told more than once? An item arrives in a system at the first touchpoint at which an INPUT or OUTPUT
 * of it names the system; its arrival is all such flows there. Working with it (USE) puts it nowhere. Of two arrivals the
 * first is the one at the earlier touchpoint; at one touchpoint that in a system of record of the item, else that in
 * the system with the smaller id.
 */
export function repeats(reading: Reading): Finding[] {
  const passes = passing(reading.links);
  return [...itemsWithFlows(reading)].flatMap(([item, steps]) => {
    const arrivals = arrivalsOf(item, steps);
    return [...rekeyed(item, arrivals, passes), ...askedTwice(item, steps, arrivals), ...conflicting(item, steps)];
  });
}

type Arrival = { systemId: string; place: number; isHome: boolean; steps: Step[] };

function arrivalsOf(item: InformationItem, steps: readonly Step[]): Arrival[] {
  const arrivals = new Map<string, Arrival>();
  for (const step of steps) {
    const { systemId, place, flow } = step;
    if (systemId === null || flow.kind === 'USE') continue;
    const known = arrivals.get(systemId);
    if (known && known.place < place) continue;
    if (known?.place === place) known.steps.push(step);
    else arrivals.set(systemId, { systemId, place, isHome: item.homeIds.includes(systemId), steps: [step] });
  }
  return [...arrivals.values()].sort(
    (a, b) => a.place - b.place || Number(b.isHome) - Number(a.isHome) || (a.systemId < b.systemId ? -1 : 1),
  );
}

/**
 * REKEYED, of an item and a system: the item arrives there by hand (no flow of the arrival is automatic), it has arrived
 * in another system before, and from none of those before a chain of links that pass the item leads there.
 * About the arrival, and the very first one.
 */
function* rekeyed({ id: itemId }: InformationItem, arrivals: readonly Arrival[], passes: Passing): Generator<Finding> {
  const [first, ...later] = arrivals;
  if (first === undefined || later.length === 0) return;
  const reached = passes.from(itemId, first.systemId, new Set());
  for (const { systemId, steps } of later) {
    if (!reached.has(systemId) && !steps.some(({ flow }) => flow.isAutomatic)) {
      const [{ flow }] = steps as [Step];
      yield {
        kind: 'REKEYED',
        key: keyOf('REKEYED', itemId, systemId),
        about: about(aboutSteps([...first.steps, ...steps])),
        facts: { itemId, systemId, touchpointId: flow.touchpointId, heldInId: first.systemId },
      };
    }
    passes.from(itemId, systemId, reached);
  }
}

/**
 * ASKED_TWICE, of an item: the client is asked for it at a touchpoint before which, at an earlier touchpoint, the client
 * was asked already or the item arrived in a system. The first such touchpoint is told. Two departments that ask at one
 * touchpoint ask once. About all flows that ask, and the first arrival where it was before.
 */
function* askedTwice({ id: itemId }: InformationItem, steps: readonly Step[], [held]: Arrival[]): Generator<Finding> {
  const asks = steps.filter(({ flow }) => flow.isAskedOfClient);
  const first = earliest(asks);
  if (first === undefined) return;
  const knownSince = Math.min(first.place, held?.place ?? Number.POSITIVE_INFINITY);
  const inVain = earliest(asks.filter(({ place }) => place > knownSince));
  if (inVain === undefined) return;
  const holder = held && held.place < inVain.place ? held : null;
  yield {
    kind: 'ASKED_TWICE',
    key: keyOf('ASKED_TWICE', itemId),
    about: about(aboutSteps([...asks, ...(holder?.steps ?? [])])),
    facts: {
      itemId,
      touchpointId: inVain.flow.touchpointId,
      heldInId: holder?.systemId ?? null,
      touchpoints: new Set(asks.map(({ place }) => place)).size,
    },
  };
}

/**
 * CONFLICTING_VALUES, of an item: two flows say different values, whatever their touchpoints. Case, and how much white
 * space there is, make no difference; an empty value says nothing. About the flows that say one.
 */
function* conflicting({ id: itemId }: InformationItem, steps: readonly Step[]): Generator<Finding> {
  const saying = steps.filter(({ flow }) => said(flow.value) !== '');
  const values = new Set(saying.map(({ flow }) => said(flow.value))).size;
  if (values < 2) return;
  yield {
    kind: 'CONFLICTING_VALUES',
    key: keyOf('CONFLICTING_VALUES', itemId),
    about: about(aboutSteps(saying)),
    facts: { itemId, values },
  };
}

const said = (value: string | null) => (value ?? '').normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
