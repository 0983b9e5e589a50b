import { uuidv7 } from 'uuidv7';
import {
  journeyComment,
  journeyCommentUpdate,
  journeyCreate,
  journeyEdit,
  journeyGapDecide,
  journeyRepresent,
  journeySign,
  journeyVote,
} from '../../journeys/commands.ts';
import type { JourneyMap } from '../../journeys/map.ts';
import { partsAfter } from '../../journeys/queries.ts';
import type { Ctx } from '../../platform/services.ts';
import { company } from './company.ts';
import { integrationToday } from './integrationToday.ts';
import { integrationWithSlipway } from './integrationWithSlipway.ts';
import { leadToSupport } from './leadToSupport.ts';
import { itemsAtFirst } from './moving.ts';
import { evidence, interviews, personas } from './research.ts';

type Lists = Readonly<Record<string, readonly { id: string }[]>>;
/** The ids that things have in the database, by the words that they are written with here. */
type Ids = Map<string, string>;

/** The company's departments, systems and information, and its three maps, drawn by the commands that people use. */
export async function enterJourneys(planner: Ctx, voters: readonly Ctx[]): Promise<void> {
  const shared: Ids = new Map();
  const { departments, systems, links } = company;
  const own = ({ stages, goals, touchpoints, flows, painPoints }: JourneyMap): Lists => ({
    ...{ stages, goals, touchpoints, flows, painPoints },
  });
  const today = await begin(planner, 'Integration as it was');
  await draw(planner, today, { departments, systems, items: itemsAtFirst, links }, shared);
  const told = integrationToday.painPoints.map((pain) => ({ ...pain, evidenceIds: evidence[pain.id] ?? [] }));
  const asked = { ...own(integrationToday), painPoints: told, personas, interviews };
  const idsToday = await draw(planner, today, asked, new Map(shared));
  const ideal = await begin(planner, 'Integration with Slipway');
  await draw(planner, ideal, own(integrationWithSlipway), new Map(shared));
  await draw(planner, await begin(planner, 'From lead to support'), own(leadToSupport), new Map(shared));
  await vote(voters, integrationToday, idsToday);
  await decide(planner, today, idsToday);
  await discuss(planner, voters, today, idsToday);
  await agree(planner, voters, ideal, shared);
}

async function begin(ctx: Ctx, name: string): Promise<string> {
  const { value } = await journeyCreate(ctx, {
    name,
    copyOfId: null,
    templateId: null,
    idempotencyKey: `sample journey ${name}`,
  });
  return value.id;
}

/** Draws all of it, and answers with the ids that it got beside those that there were. */
async function draw(ctx: Ctx, journeyId: string, lists: Lists, ids: Ids): Promise<Ids> {
  for (const part of Object.values(lists).flat()) ids.set(part.id, uuidv7());
  const drawing = Object.entries(lists).map(([list, parts]) => [
    list,
    parts.map((part, at) => ({ ...(named(part, ids) as typeof part), revision: 0, rank: at + 1 })),
  ]);
  const idempotencyKey = `sample drawing ${journeyId} ${Object.keys(lists)[0]}`;
  await journeyEdit(ctx, journeyId, { ...Object.fromEntries(drawing), idempotencyKey });
  return ids;
}

/** The same part under the ids of the database, wherever it names one. */
function named(value: unknown, ids: Ids, isId = false): unknown {
  if (typeof value === 'string') return isId ? (ids.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((one) => named(one, ids, isId));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [key, named(one, ids, /^(id|tools|\w+Ids?)$/.test(key))]);
  return Object.fromEntries(entries);
}

/** Everybody finds the gravest pain points worth mending first, and the others fewer. */
async function vote(voters: readonly Ctx[], { painPoints }: JourneyMap, ids: Ids): Promise<void> {
  for (const [at, voter] of voters.entries()) {
    for (const { id, severity } of painPoints) {
      if (severity > at) await journeyVote(voter, ids.get(id) ?? '', true);
    }
  }
}

/** One gap is planned, and one is left as it is. */
async function decide(ctx: Ctx, journeyId: string, ids: Ids): Promise<void> {
  const keyOf = (kind: string, ...things: string[]) => [kind, ...things.map((id) => ids.get(id))].join(':');
  const dueOn = new Date(ctx.clock.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
  await journeyGapDecide(ctx, journeyId, {
    ...{ key: keyOf('TWO_HOMES', 'oldGuide'), revision: 0, decision: 'PLANNED', dueOn },
    ...{ ownerId: ctx.viewer.personId, effect: 'Clients read one guide, beside what they hand in.' },
  });
  await journeyGapDecide(ctx, journeyId, {
    ...{ key: keyOf('TWO_HOMES', 'oldProposal'), revision: 0, decision: 'ACCEPTED' },
    reason: 'The signed paper has to be kept as it is; the CRM holds a copy for Sales.',
  });
}

/** Of two questions one is settled. */
async function discuss(planner: Ctx, [first, second]: readonly Ctx[], journeyId: string, ids: Ids): Promise<void> {
  if (!first || !second) return;
  const say = (ctx: Ctx, text: string, about: string | null) =>
    journeyComment(ctx, journeyId, {
      ...{ text, aboutId: about === null ? null : (ids.get(about) ?? null) },
      idempotencyKey: `sample comment ${text}`,
    });
  await say(
    first,
    'Half of the questions are in the CRM already. Could Sales hand them over as they are?',
    'questions',
  );
  await say(planner, 'They could. I planned it as a gap.', 'questions');
  await say(second, 'Who owns the old guide? Nobody could tell me.', null);
  const { value } = await say(planner, 'Is the weekly call still needed once everybody sees the tasks?', 'status');
  const { comments } = await partsAfter({ ...planner, loaders: new Map() }, value.id, 0);
  const last = comments.find(({ body }) => body.text.startsWith('Is the weekly call'));
  if (last) await journeyCommentUpdate(second, last.id, { isResolved: true });
}

/** Two teams have signed how it shall be; the third is still asked. */
async function agree(planner: Ctx, [first, second]: readonly Ctx[], journeyId: string, shared: Ids): Promise<void> {
  const signers = [
    ['pm', planner],
    ['tam', first],
    ['sales', second],
  ] as const;
  for (const [team, ctx] of signers) {
    const departmentId = shared.get(team) ?? '';
    if (ctx) await journeyRepresent(planner, journeyId, { departmentId, personId: ctx.viewer.personId });
    if (ctx && ctx !== second) await journeySign(ctx, journeyId, departmentId, true);
  }
}
