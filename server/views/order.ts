import { and, count, eq, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import {
  accounts,
  courtKeys,
  people,
  platforms,
  projectStaff,
  projectStandings,
  projects,
} from '../../drizzle/schema/index.ts';
import { cursorOf, parseCursor } from '../platform/graphql/connection.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { type GroupBy, groupOf, type Sort, type SortKey } from './list.ts';

/*
 * The order of the overview, in SQL: a list of five thousand is filtered, grouped and counted where it stands, and only
 * the rows of a page leave the database. A row's place is compared from left to right: the rank of its group, the name
 * of its group, whether it has what is sorted by, that, and its id.
 */

/** `perGroup`: at most so many of each group; null: all. */
export type Order = { sort: Sort; groupBy: GroupBy | null; perGroup: number | null };

/** Names as people look for them: without accents and capitals. Byte order, so that a cursor means the same anywhere. */
const nameKey = (name: SQL | typeof accounts.name) => sql`lower(unaccent(${name})) collate "C"`;
const millis = (at: typeof projectStandings.courtSince | typeof projectStaff.lastClientActivityAt) =>
  sql`(extract(epoch from ${at}) * 1000)::float8`;
const placeIn = (values: readonly string[], value: SQL | typeof projects.platform) =>
  sql`array_position(array[${sql.join(
    values.map((one) => sql`${one}`),
    sql`, `,
  )}]::text[], ${value}::text)`;

const gravestFirst = ['OFF_TRACK', 'AT_RISK', 'ON_TRACK'];

type SortValue = { isText: boolean; value: SQL };

/** Null where a project has none of what is sorted by. */
const sortValues: Record<SortKey, SortValue> = {
  CLIENT: { isText: true, value: nameKey(accounts.name) },
  TARGET: { isText: true, value: sql`${projects.targetOn}::text collate "C"` },
  COURT_SINCE: { isText: false, value: millis(projectStandings.courtSince) },
  HEALTH: { isText: false, value: sql`${placeIn(gravestFirst, sql`${projectStandings.health}`)}::float8` },
  PROGRESS: {
    isText: false,
    value: sql`${projectStandings.doneCount}::float8 / nullif(${projectStandings.totalCount}, 0)`,
  },
  PM: { isText: true, value: nameKey(sql`${people.name}`) },
  LAST_CLIENT_ACTIVITY: { isText: false, value: millis(projectStaff.lastClientActivityAt) },
  REVENUE: { isText: false, value: sql`${projectStaff.revenueMinor}::float8` },
};

/** Behind all other groups. */
const last = 1_000_000;

/** The rank of a group, its name where names tell groups of one rank apart, and what all in it have in common. */
const groupValues: Record<GroupBy, { rank: SQL; name: SQL; value: SQL }> = {
  PM: {
    rank: sql`0`,
    name: sql`${nameKey(sql`${people.name}`)} || chr(10) || ${people.id}::text`,
    value: sql`${people.id}::text`,
  },
  HEALTH: {
    rank: sql`coalesce(${placeIn(gravestFirst, sql`${projectStandings.health}`)}, ${last})`,
    name: sql`''`,
    value: sql`${projectStandings.health}`,
  },
  COURT: {
    rank: placeIn(courtKeys, sql`${projectStandings.court}`),
    name: sql`''`,
    value: sql`${projectStandings.court}`,
  },
  PLATFORM: { rank: placeIn(platforms, projects.platform), name: sql`''`, value: sql`${projects.platform}` },
  PHASE: {
    // Roads differ: a name stands where it stands first.
    rank: sql`coalesce(min(${projectStandings.phaseIndex}) over (partition by ${projectStandings.phaseName}), ${last})`,
    name: sql`coalesce(${projectStandings.phaseName}, '')`,
    value: sql`${projectStandings.phaseName}`,
  },
};

/** The integrations under a condition, each with its place. */
function placesUnder({ db }: Pick<Ctx, 'db'>, where: SQL | undefined, { sort, groupBy }: Order) {
  const { isText, value } = sortValues[sort.by];
  const group = groupBy ? groupValues[groupBy] : { rank: sql`0`, name: sql`''`, value: sql`null::text` };
  return db
    .select({
      id: sql<string>`${projects.id}::text`.as('place_id'),
      rank: sql<number>`(${group.rank})::int`.as('group_rank'),
      name: sql<string>`(${group.name})::text collate "C"`.as('group_name'),
      group: sql<string | null>`(${group.value})::text`.as('group_value'),
      isWithout: sql<number>`(${value} is null)::int`.as('is_without'),
      value: sql<string | number>`coalesce(${value}, ${isText ? sql`''` : sql`0`})`.as('sort_value'),
    })
    .from(projects)
    .innerJoin(projectStandings, eq(projectStandings.projectId, projects.id))
    .innerJoin(projectStaff, eq(projectStaff.projectId, projects.id))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .innerJoin(people, eq(people.id, projects.pmId))
    .where(where)
    .as('places');
}

export type PlacedPage = { ids: string[]; cursors: string[]; hasNextPage: boolean; hasPreviousPage: boolean };

/** The ids of a page in their order, without so many at its beginning; `first` null: of all behind the cursor. */
export async function pageOfPlaces(
  ctx: Pick<Ctx, 'db'>,
  where: SQL | undefined,
  order: Order,
  first: number | null,
  { after, offset }: { after: string | null; offset: number },
): Promise<PlacedPage> {
  const places = placesUnder(ctx, where, order);
  const isText = sortValues[order.sort.by].isText;
  const cursor = placeFromCursor(after, order);
  const turn = order.sort.direction === 'ASCENDING' ? sql`asc` : sql`desc`;
  const within = [sql`${places.isWithout}`, sql`${places.value} ${turn}`, sql`${places.id} collate "C"`];
  const nth = sql`row_number() over (partition by ${places.rank}, ${places.name} order by ${sql.join(within, sql`, `)})`;
  const { perGroup } = order;
  const shown = ctx.db
    .select({
      ...{ id: places.id, rank: places.rank, name: places.name, isWithout: places.isWithout, value: places.value },
      nth: (perGroup === null ? sql<number>`0` : sql<number>`${nth}`).as('nth'),
    })
    .from(places)
    .as('shown');
  const read = ctx.db
    .select()
    .from(shown)
    .where(
      and(
        cursor ? isBeyond(shown, cursor, order) : undefined,
        perGroup === null ? undefined : lte(shown.nth, perGroup),
      ),
    )
    .orderBy(
      shown.rank,
      sql`${shown.name} collate "C"`,
      shown.isWithout,
      sql`${shown.value} ${turn}`,
      sql`${shown.id} collate "C"`,
    )
    .offset(offset);
  const rows = await (first === null ? read : read.limit(first + 1));
  const kept = first === null ? rows : rows.slice(0, first);
  const sortedBy = (value: string | number) => (isText ? String(value) : Number(value));
  return {
    ids: kept.map(({ id }) => id),
    cursors: kept.map((row) => cursorOf(tagOf(order), row.rank, row.name, row.isWithout, sortedBy(row.value), row.id)),
    hasNextPage: rows.length > kept.length,
    hasPreviousPage: cursor !== null || (offset > 0 && rows.length > 0),
  };
}

/** The groups in their order with how many are in each, and how many there are in all. */
export async function groupsOfPlaces(ctx: Pick<Ctx, 'db'>, where: SQL | undefined, order: Order) {
  const places = placesUnder(ctx, where, order);
  const rows = await ctx.db
    .select({ rank: places.rank, name: places.name, value: places.group, count: count() })
    .from(places)
    .groupBy(places.rank, places.name, places.group)
    .orderBy(places.rank, sql`${places.name} collate "C"`);
  const totalCount = rows.reduce((sum, row) => sum + row.count, 0);
  const { groupBy } = order;
  return { totalCount, groups: groupBy ? rows.map((row) => groupOf(row, groupBy)) : [] };
}

/** Says for which order a cursor was made: in another it points nowhere. */
const tagOf = ({ sort, groupBy }: Order) => `${sort.by}.${sort.direction}.${groupBy ?? ''}`;

type Place = { rank: number; name: string; isWithout: number; value: string | number; id: string };

function placeFromCursor(after: string | null, order: Order): Place | null {
  const value = sortValues[order.sort.by].isText ? 'string' : 'number';
  const parsed: (string | number)[] | null = parseCursor(after, [
    'string',
    'number',
    'string',
    'number',
    value,
    'string',
  ] as const);
  if (parsed === null) return null;
  const [tag, ...place] = parsed;
  // No text of ours has a NUL, and the database takes none.
  const isOurs = tag === tagOf(order) && !place.some((part) => typeof part === 'string' && part.includes('\0'));
  if (!isOurs) throw new ApiError('BAD_USER_INPUT', words.graphql.badCursor());
  const [rank, name, isWithout, at, id] = place as [number, string, number, string | number, string];
  return { rank, name, isWithout, value: at, id };
}

type PlaceColumns = Pick<ReturnType<typeof placesUnder>, 'rank' | 'name' | 'isWithout' | 'value' | 'id'>;

function isBeyond(places: { [K in keyof PlaceColumns]: SQLWrapper }, cursor: Place, { sort }: Order): SQL {
  const value = sortValues[sort.by].isText ? sql`${cursor.value}::text` : sql`${cursor.value}::float8`;
  const beyond = sort.direction === 'ASCENDING' ? sql`>` : sql`<`;
  const steps: [same: SQL, further: SQL][] = [
    [sql`${places.rank} = ${cursor.rank}::float8`, sql`${places.rank} > ${cursor.rank}::float8`],
    [sql`${places.name} = ${cursor.name}::text`, sql`${places.name} collate "C" > ${cursor.name}::text`],
    [sql`${places.isWithout} = ${cursor.isWithout}::float8`, sql`${places.isWithout} > ${cursor.isWithout}::float8`],
    [sql`${places.value} = ${value}`, sql`${places.value} ${beyond} ${value}`],
    [sql`false`, sql`${places.id} collate "C" > ${cursor.id}::text`],
  ];
  return steps.reduceRight((rest, [same, further]) => sql`(${further} or (${same} and ${rest}))`, sql`false`);
}
