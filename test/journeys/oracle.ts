import type { Department, Flow, InformationItem, JourneyMap, System } from '../../server/journeys/map.ts';

/*
 * Every rule once more, as its definition reads: for each thing, is there one such that. No indexes, no early ends, no
 * line shared with the engine; slow, and meant to be read beside the docstrings of server/journeys/gaps/rules.
 */
export type Told = { kind: string; key: string; about: Record<string, string[]>; facts: Record<string, unknown> };

export function oracle(map: JourneyMap): Told[] {
  const world = worldOf(map);
  return [
    ...supplyOf(world),
    ...repeatsOf(world),
    ...homesOf(world),
    ...cyclesOf(world),
    ...exchangeOf(world),
    ...goalsOf(world),
    ...danglingOf(map),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
}

type World = ReturnType<typeof worldOf>;

function worldOf(map: JourneyMap) {
  const order = map.stages.flatMap((stage) => map.touchpoints.filter(({ stageId }) => stageId === stage.id));
  const at = (id: string) => order.findIndex((touchpoint) => touchpoint.id === id);
  const isThere = (things: readonly { id: string }[], id: string) => things.some((thing) => thing.id === id);
  const flows = map.flows
    .filter(
      (flow) =>
        at(flow.touchpointId) >= 0 && isThere(map.departments, flow.departmentId) && isThere(map.items, flow.itemId),
    )
    .map((flow) => ({
      ...flow,
      systemId: map.systems.some(({ id }) => id === flow.systemId) ? flow.systemId : null,
    }));
  const takesPart = (department: Department, touchpoint: JourneyMap['touchpoints'][number]) =>
    touchpoint.departmentIds.includes(department.id) ||
    touchpoint.initiatorId === department.id ||
    touchpoint.receiverId === department.id ||
    flows.some((flow) => flow.touchpointId === touchpoint.id && flow.departmentId === department.id);
  const goals = map.goals.filter((goal) => isThere(map.departments, goal.departmentId));
  const itemsHere = map.items.filter(
    ({ id }) => flows.some((flow) => flow.itemId === id) || goals.some((goal) => goal.itemIds.includes(id)),
  );
  const homes = (item: InformationItem) => map.systems.filter(({ id }) => item.homeIds.includes(id));
  /** A chain of links that pass the item, found by trying ever longer ones. */
  const leads = (item: InformationItem, from: string, to: string) => {
    let reached = [from];
    for (const _ of map.systems) {
      reached = map.systems
        .map(({ id }) => id)
        .filter(
          (id) =>
            reached.includes(id) ||
            map.links.some(
              (link) =>
                reached.includes(link.fromId) &&
                link.toId === id &&
                (link.itemIds === null || link.itemIds.includes(item.id)),
            ),
        );
    }
    return reached.includes(to);
  };
  return { map, order, at, flows, takesPart, goals, itemsHere, homes, leads };
}

const isSource = (flow: Flow) => flow.kind === 'OUTPUT' || flow.isAskedOfClient;
const isNeed = (flow: Flow) => (flow.kind === 'INPUT' || flow.kind === 'USE') && !flow.isAskedOfClient;

const unique = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id): id is string => id !== null).sort();

function told(
  kind: string,
  ids: readonly string[],
  facts: Record<string, unknown>,
  about: Record<string, readonly (string | null)[]>,
): Told {
  const names = ['touchpointIds', 'itemIds', 'departmentIds', 'systemIds', 'goalIds', 'flowIds'];
  return {
    kind,
    key: [kind, ...ids].join(':'),
    about: Object.fromEntries(names.map((name) => [name, unique(about[name] ?? [])])),
    facts,
  };
}

const aboutFlows = (flows: readonly Flow[]) => ({
  touchpointIds: flows.map((flow) => flow.touchpointId),
  itemIds: flows.map((flow) => flow.itemId),
  departmentIds: flows.map((flow) => flow.departmentId),
  systemIds: flows.map((flow) => flow.systemId),
  flowIds: flows.map((flow) => flow.id),
});

/** By place, then by department's id. */
const firstOf = ({ at }: World, flows: readonly Flow[]) =>
  flows.find((one) =>
    flows.every(
      (other) =>
        at(one.touchpointId) < at(other.touchpointId) ||
        (at(one.touchpointId) === at(other.touchpointId) && one.departmentId <= other.departmentId),
    ),
  );

function supplyOf(world: World): Told[] {
  const { map, order, flows, at } = world;
  const gaps: Told[] = [];
  for (const item of map.items) {
    const ofItem = flows.filter(({ itemId }) => itemId === item.id);
    const sources = ofItem.filter(isSource);
    const needs = ofItem.filter(isNeed);
    const firstSource = firstOf(world, sources);
    for (const touchpoint of order) {
      for (const department of map.departments) {
        const here = ofItem.filter((f) => f.touchpointId === touchpoint.id && f.departmentId === department.id);
        const ids = [item.id, touchpoint.id, department.id];
        const facts = { itemId: item.id, touchpointId: touchpoint.id, departmentId: department.id };
        const outputs = here.filter(({ kind }) => kind === 'OUTPUT');
        const isTaken = needs.some(
          (need) =>
            at(need.touchpointId) > at(touchpoint.id) ||
            (need.touchpointId === touchpoint.id && need.departmentId !== department.id),
        );
        if (outputs.length > 0 && !isTaken) gaps.push(told('OUTPUT_UNUSED', ids, facts, aboutFlows(outputs)));
        const needed = here.filter(isNeed);
        if (needed.length > 0 && firstSource && at(firstSource.touchpointId) > at(touchpoint.id)) {
          const producedAtId = firstSource.touchpointId;
          const { touchpointIds, departmentIds, ...parts } = aboutFlows(needed);
          const about = {
            ...parts,
            touchpointIds: [...touchpointIds, producedAtId],
            departmentIds: [...departmentIds, firstSource.departmentId],
          };
          gaps.push(told('INPUT_TOO_LATE', ids, { ...facts, producedAtId }, about));
        }
      }
    }
    const firstNeed = firstOf(world, needs);
    if (firstNeed && sources.length === 0) {
      const { touchpointId, departmentId } = firstNeed;
      const touchpoints = unique(needs.map((need) => need.touchpointId)).length;
      const facts = { itemId: item.id, touchpointId, departmentId, touchpoints };
      gaps.push(told('USE_UNPRODUCED', [item.id], facts, aboutFlows(needs)));
    }
  }
  return gaps;
}

function repeatsOf(world: World): Told[] {
  const { map, flows, at, homes, leads } = world;
  const gaps: Told[] = [];
  for (const item of map.items) {
    const ofItem = flows.filter(({ itemId }) => itemId === item.id);
    const puts = (system: System) => ofItem.filter((f) => f.systemId === system.id && f.kind !== 'USE');
    const arrival = (system: System) =>
      puts(system).filter((one) => puts(system).every((other) => at(one.touchpointId) <= at(other.touchpointId)));
    const placeIn = (system: System) => Math.min(...puts(system).map(({ touchpointId }) => at(touchpointId)));
    const isHome = (system: System) => homes(item).includes(system);
    const isBefore = (one: System, other: System) => {
      if (placeIn(one) !== placeIn(other)) return placeIn(one) < placeIn(other);
      if (isHome(one) !== isHome(other)) return isHome(one);
      return one.id < other.id;
    };
    const holders = map.systems.filter((system) => puts(system).length > 0);
    const first = holders.find((one) => holders.every((other) => one === other || isBefore(one, other)));
    for (const system of holders) {
      const earlier = holders.filter((other) => other !== system && isBefore(other, system));
      if (earlier.length === 0 || !first) continue;
      const byHand = arrival(system).every(({ isAutomatic }) => !isAutomatic);
      if (!byHand || earlier.some((other) => leads(item, other.id, system.id))) continue;
      const touchpointId = arrival(system)[0]!.touchpointId;
      const facts = { itemId: item.id, systemId: system.id, touchpointId, heldInId: first.id };
      gaps.push(told('REKEYED', [item.id, system.id], facts, aboutFlows([...arrival(first), ...arrival(system)])));
    }
    const asks = ofItem.filter(({ isAskedOfClient }) => isAskedOfClient);
    const inVain = asks.filter(
      (ask) =>
        asks.some((other) => at(other.touchpointId) < at(ask.touchpointId)) ||
        holders.some((system) => placeIn(system) < at(ask.touchpointId)),
    );
    const firstInVain = firstOf(world, inVain);
    if (firstInVain) {
      const holder = first && placeIn(first) < at(firstInVain.touchpointId) ? first : null;
      const facts = {
        itemId: item.id,
        touchpointId: firstInVain.touchpointId,
        heldInId: holder?.id ?? null,
        touchpoints: unique(asks.map(({ touchpointId }) => touchpointId)).length,
      };
      gaps.push(told('ASKED_TWICE', [item.id], facts, aboutFlows([...asks, ...(holder ? arrival(holder) : [])])));
    }
    const saying = ofItem.filter(({ value }) => value !== null && value.trim() !== '');
    const values = unique(saying.map(({ value }) => value!.trim().split(/\s+/).join(' ').toLowerCase())).length;
    if (values > 1) {
      gaps.push(told('CONFLICTING_VALUES', [item.id], { itemId: item.id, values }, aboutFlows(saying)));
    }
  }
  return gaps;
}

function homesOf({ map, itemsHere, homes }: World): Told[] {
  return itemsHere.flatMap((item) => {
    const itemIds = [item.id];
    const facts = { itemId: item.id };
    const found = homes(item);
    const outside = found.filter(({ kind }) => kind !== 'SLIPWAY').map(({ id }) => id);
    const firstOutside = item.homeIds.find((id) => outside.includes(id));
    return [
      map.departments.some(({ id }) => id === item.ownerId) ? [] : told('NO_OWNER', itemIds, facts, { itemIds }),
      found.length === 0 ? told('NO_HOME', itemIds, facts, { itemIds }) : [],
      found.length >= 2
        ? told('TWO_HOMES', itemIds, { ...facts, homes: found.length }, { itemIds, systemIds: found.map((s) => s.id) })
        : [],
      outside.length > 0
        ? told('HELD_OUTSIDE', itemIds, { ...facts, systemId: firstOutside }, { itemIds, systemIds: outside })
        : [],
    ].flat();
  });
}

function cyclesOf({ map, flows, itemsHere, homes, leads }: World): Told[] {
  const round = itemsHere.flatMap((item) =>
    map.systems.flatMap((system) => {
      const circle = map.systems.filter(({ id }) => leads(item, system.id, id) && leads(item, id, system.id));
      const stands = circle.some(
        (one) => homes(item).includes(one) || flows.some((f) => f.itemId === item.id && f.systemId === one.id),
      );
      const decided = circle.filter((one) => homes(item).includes(one)).length === 1;
      return circle.length > 1 && stands && !decided
        ? [{ item: item.id, systems: unique(circle.map(({ id }) => id)) }]
        : [];
    }),
  );
  const circles = unique(round.map(({ systems }) => systems.join(':')));
  return circles.map((key) => {
    const going = round.filter(({ systems }) => systems.join(':') === key);
    const itemIds = unique(going.map((one) => one.item));
    const systemIds = going[0]!.systems;
    return told('CYCLE', systemIds, { systems: systemIds.length, items: itemIds.length }, { systemIds, itemIds });
  });
}

function exchangeOf({ map, order, at, flows, takesPart }: World): Told[] {
  const teams = map.departments.filter(({ kind }) => kind === 'TEAM');
  const gives = (from: Department, to: Department) =>
    flows.some(
      (source) =>
        isSource(source) &&
        source.departmentId === from.id &&
        flows.some(
          (need) =>
            isNeed(need) &&
            need.departmentId === to.id &&
            need.itemId === source.itemId &&
            at(need.touchpointId) >= at(source.touchpointId),
        ),
    );
  return teams.flatMap((one) =>
    teams.flatMap((other) => {
      if (one.id >= other.id || gives(one, other) || gives(other, one)) return [];
      const shared = map.stages.filter(({ id }) =>
        [one, other].every((team) => order.some((t) => t.stageId === id && takesPart(team, t))),
      );
      if (shared.length === 0) return [];
      const touchpointIds = order
        .filter((t) => shared[0]!.id === t.stageId && (takesPart(one, t) || takesPart(other, t)))
        .map(({ id }) => id);
      const departmentIds = [one.id, other.id];
      const facts = { departmentId: one.id, otherId: other.id, stageId: shared[0]!.id, stages: shared.length };
      return [told('NO_EXCHANGE', departmentIds, facts, { departmentIds, touchpointIds })];
    }),
  );
}

function goalsOf(world: World): Told[] {
  const { map, order, at, flows, goals, takesPart } = world;
  const lost = goals
    .filter((goal) => goal.touchpointIds.every((id) => at(id) < 0))
    .filter((goal) => map.departments.some((d) => d.id === goal.departmentId && order.some((t) => takesPart(d, t))))
    .map(({ id, departmentId }) =>
      told(
        'GOAL_WITHOUT_TOUCHPOINT',
        [id],
        { goalId: id, departmentId },
        { goalIds: [id], departmentIds: [departmentId] },
      ),
    );
  const aimless = order.flatMap((touchpoint) => {
    const there = map.departments.filter((department) => takesPart(department, touchpoint));
    const isServed = goals.some(
      (goal) => goal.touchpointIds.includes(touchpoint.id) && there.some(({ id }) => id === goal.departmentId),
    );
    const about = { touchpointIds: [touchpoint.id], departmentIds: there.map(({ id }) => id) };
    return isServed ? [] : [told('TOUCHPOINT_WITHOUT_GOAL', [touchpoint.id], { touchpointId: touchpoint.id }, about)];
  });
  const missed = map.departments.flatMap((department) =>
    map.items.flatMap((item) => {
      const wishing = goals.filter((g) => g.departmentId === department.id && g.itemIds.includes(item.id));
      const ofItem = flows.filter(({ itemId }) => itemId === item.id);
      const sources = ofItem.filter((f) => isSource(f) && f.departmentId !== department.id);
      const first = firstOf(world, sources);
      if (wishing.length === 0 || !first || ofItem.some((f) => f.departmentId === department.id)) return [];
      const parts = aboutFlows(sources);
      const facts = {
        itemId: item.id,
        departmentId: department.id,
        producerId: first.departmentId,
        touchpointId: first.touchpointId,
      };
      const about = {
        ...parts,
        departmentIds: [...parts.departmentIds, department.id],
        goalIds: wishing.map(({ id }) => id),
      };
      return [told('OPPORTUNITY', [department.id, item.id], facts, about)];
    }),
  );
  return [...lost, ...aimless, ...missed];
}

function danglingOf(map: JourneyMap): Told[] {
  const there = (things: readonly { id: string }[]) => things.map(({ id }) => id);
  const systems = there(map.systems);
  type Named = { part: string; missing: string; id: string; about: Record<string, readonly string[]> };
  const named: Named[] = [];
  const names = (
    part: string,
    about: Record<string, readonly string[]>,
    missing: string,
    known: readonly string[],
    ids: readonly (string | null)[],
  ) => {
    for (const id of unique(ids)) if (!known.includes(id)) named.push({ part, missing, id, about });
  };
  const departments = there(map.departments);
  const touchpoints = there(map.touchpoints);
  const items = there(map.items);
  for (const one of map.touchpoints) {
    const [part, about] = [`touchpoint ${one.id}`, { touchpointIds: [one.id] }];
    names(part, about, 'STAGE', there(map.stages), [one.stageId]);
    names(part, about, 'DEPARTMENT', departments, [...one.departmentIds, one.initiatorId, one.receiverId]);
    names(part, about, 'SYSTEM', systems, one.tools);
  }
  for (const one of map.goals) {
    const [part, about] = [`goal ${one.id}`, { goalIds: [one.id] }];
    names(part, about, 'DEPARTMENT', departments, [one.departmentId]);
    names(part, about, 'ITEM', items, one.itemIds);
    names(part, about, 'TOUCHPOINT', touchpoints, one.touchpointIds);
  }
  for (const one of map.items) {
    names(`item ${one.id}`, { itemIds: [one.id] }, 'DEPARTMENT', departments, [one.ownerId]);
    names(`item ${one.id}`, { itemIds: [one.id] }, 'SYSTEM', systems, one.homeIds);
  }
  for (const one of map.systems) {
    names(`system ${one.id}`, { systemIds: [one.id] }, 'DEPARTMENT', departments, [one.ownerId]);
  }
  for (const one of map.links) {
    const ends = { systemIds: [one.fromId, one.toId].filter((id) => systems.includes(id)) };
    names(`link ${one.id}`, ends, 'SYSTEM', systems, [one.fromId, one.toId]);
    names(`link ${one.id}`, ends, 'ITEM', items, one.itemIds ?? []);
  }
  for (const one of map.flows) {
    const [part, about] = [`flow ${one.id}`, { flowIds: [one.id] }];
    names(part, about, 'TOUCHPOINT', touchpoints, [one.touchpointId]);
    names(part, about, 'DEPARTMENT', departments, [one.departmentId]);
    names(part, about, 'ITEM', items, [one.itemId]);
    names(part, about, 'SYSTEM', systems, [one.systemId]);
  }
  for (const one of map.painPoints) names(`pain ${one.id}`, {}, 'TOUCHPOINT', touchpoints, [one.touchpointId]);

  return unique(named.map(({ missing, id }) => `${missing}:${id}`)).map((which) => {
    const by = named.filter(({ missing, id }) => `${missing}:${id}` === which);
    const { missing, id } = by[0]!;
    const about: Record<string, string[]> = {};
    for (const name of ['touchpointIds', 'itemIds', 'systemIds', 'goalIds', 'flowIds']) {
      about[name] = by.flatMap((one) => one.about[name] ?? []);
    }
    const facts = { missing, missingId: id, references: unique(by.map(({ part }) => part)).length };
    return told('DANGLING', [missing, id], facts, about);
  });
}
