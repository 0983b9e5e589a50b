import { journeyEdit } from '../../journeys/commands.ts';
import { journeysOf, partsAfter } from '../../journeys/queries.ts';
import type { Ctx } from '../../platform/services.ts';
import { company } from './company.ts';

type Items = (typeof company)['items'];

/** Where information was at home before it moved to Slipway, and in which of the two moves it did. */
const before: Readonly<Record<string, readonly [home: string, move: 1 | 2]>> = {
  contacts: ['crm', 1],
  plan: ['sheet', 1],
  state: ['sheet', 1],
  talk: ['mail', 1],
  promises: ['crm', 2],
  volume: ['sheet', 2],
  tests: ['sheet', 2],
};

/** The company's information as it was at home on the first day. */
export const itemsAtFirst: Items = company.items.map((item) => ({
  ...item,
  homeIds: before[item.id] ? [before[item.id]?.[0] ?? ''] : item.homeIds,
}));

/** Another part of it finds its home in Slipway, as on the days on which a team learned to work so. */
export async function moveHomes(ctx: Ctx, move: 1 | 2): Promise<void> {
  const names = company.items.flatMap(({ id, name }) => (before[id]?.[1] === move ? [name] : []));
  const journey = (await journeysOf(ctx)).find(({ name }) => name === 'Integration with Slipway');
  if (!journey) return;
  const { parts } = await partsAfter(ctx, journey.id, 0);
  const slipway = parts.find((part) => part.kind === 'SYSTEM' && part.body.kind === 'SLIPWAY')?.id ?? '';
  const items = parts.flatMap((part) =>
    part.kind === 'ITEM' && names.includes(part.body.name)
      ? [{ id: part.id, revision: part.revision, rank: part.rank, ...part.body, homeIds: [slipway] }]
      : [],
  );
  await journeyEdit(ctx, journey.id, { items, idempotencyKey: `sample move ${move}` });
}
