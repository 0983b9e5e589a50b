import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { people, projectPartners, projects } from '../../drizzle/schema/index.ts';
import { personRemove } from '../../server/accounts/commands.ts';
import { tokenOf } from '../security/tokenActor.ts';
import type { Session } from '../support/session.ts';
import { type FirstLookWorld, lookText, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
const secret = 'Zanzibar lamp';
beforeAll(async () => {
  w = await startFirstLookWorld();
  const { db } = w.app.services;
  const products = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] as const;
  for (const id of [w.projectId, w.app.world.otherProject.id]) {
    await db
      .update(projects)
      .set({ products: [...products] })
      .where(eq(projects.id, id));
  }
  await w.feed([{ id: 'SECRET-1', title: secret, brand: 'Zanzibar' }, { title: 'Chair' }]);
}, 60_000);
afterAll(() => w.close());

const asks: [mock: string, ask: object][] = [
  ['SEARCH', { kind: 'search', text: '', sort: 'NAME', first: 12, offset: 0 }],
  ['SEARCH', { kind: 'suggest', text: 'zan' }],
  ['RECOMMENDATIONS', { kind: 'recommend', productId: 'SECRET-1' }],
  ['RECOMMENDATIONS', { kind: 'recommend', productId: null }],
  ['EMAIL', { kind: 'email' }],
  ['REVIEWS', { kind: 'reviews', productId: 'SECRET-1' }],
  ['CATALOGUE', { kind: 'catalogue', first: 12, offset: 0 }],
];
const told = async (session: Session, projectId: string, mock: string, ask: object) => {
  const answer = await w.ask(ask, { session, mock, projectId });
  const { requestId: _, ...body } = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, body };
};
const nothing = '00000000-0000-7000-8000-00000000abcd';

describe("[F2] another account's products never appear", () => {
  test('every mock answers whoever may see the project, each in their own right', async () => {
    for (const session of [w.lead, w.member, w.sponsor, w.viewer, w.partner, w.pm, w.director]) {
      for (const [mock, ask] of asks) {
        const { status, body } = await told(session, w.projectId, mock, ask);
        expect([mock, status]).toEqual([mock, 200]);
        expect(JSON.stringify(body)).toContain('title');
      }
    }
  });

  test('to a stranger, and to nobody, a first look is as if it had never been', async () => {
    for (const session of [w.stranger, w.app.anonymous()]) {
      for (const [mock, ask] of asks) {
        const missing = await told(session, nothing, mock, ask);
        expect(missing.status).toBe(404);
        expect(await told(session, w.projectId, mock, ask)).toEqual(missing);
        const own = await told(session, w.app.world.otherProject.id, mock, ask);
        expect(JSON.stringify(own)).not.toContain('Zanzibar');
      }
      for (const path of ['logo', 'images/SECRET-1']) {
        expect((await session.fetch(`/first-look/${w.projectId}/${path}`)).status).toBe(404);
      }
      for (const id of ["'", '..%2F', 'x'.repeat(300), '%00']) {
        expect((await session.fetch(`/first-look/${id}/ask?mock=EMAIL&ask={}`)).status).toBe(404);
      }
    }
  });

  test('GraphQL tells them nothing, and their acts reach nothing', async () => {
    expect((await w.stranger.ask(lookText, { id: w.projectId })).project).toBeNull();
    const input = { product: 'SEARCH', revision: 0, values };
    for (const id of [w.projectId, nothing, 'x', 'SECRET-1']) {
      const { errors } = await w.stranger.gql(suggestText, { id, input });
      expect([id, errors[0]?.extensions?.code]).toEqual([id, 'NOT_FOUND']);
    }
    const node = 'query ($id: ID!) { node(id: $id) { ... on Project { firstLook { total } } } }';
    expect((await w.stranger.ask(node, { id: w.projectId })).node).toBeNull();
  });

  test('an id of a product of others is no id here', async () => {
    for (const mock of ['RECOMMENDATIONS', 'REVIEWS'] as const) {
      const kind = mock === 'REVIEWS' ? 'reviews' : 'recommend';
      const { status } = await told(w.lead, w.projectId, mock, { kind, productId: 'FOREIGN' });
      expect(status).toBe(404);
    }
    const { body } = await told(w.lead, w.projectId, 'CATALOGUE', {
      kind: 'catalogue',
      category: 'Foreign',
      first: 9,
      offset: 0,
    });
    expect(body).toMatchObject({ total: 0, products: [] });
  });

  test('a token needs the scope to read projects, and gets no more than its person', async () => {
    const without = await tokenOf(w.member, ['TASKS_READ', 'SUBMISSIONS_READ']);
    expect((await told(without, w.projectId, ...asks[0]!)).status).toBe(404);
    const refused = await without.gql(lookText, { id: w.projectId });
    expect(refused.data?.project ?? null).toBeNull();
    const reading = await tokenOf(w.member, ['PROJECTS_READ']);
    expect((await told(reading, w.projectId, ...asks[0]!)).status).toBe(200);
    const acted = await reading.gql(suggestText, {
      id: w.projectId,
      input: { product: 'SEARCH', revision: 0, values },
    });
    expect(acted.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'projects:write' });
    const elsewhere = await tokenOf(w.stranger, ['PROJECTS_READ']);
    expect((await told(elsewhere, w.projectId, ...asks[0]!)).status).toBe(404);
  });

  test('staff who look through a client’s eyes see it, and suggest nothing', async () => {
    const admin = await w.app.signIn(w.app.world.pm);
    await admin.ask('mutation ($personId: ID!) { viewAsStart(personId: $personId) { viewer { isStaff } } }', {
      personId: w.lead.personId,
    });
    expect((await told(admin, w.projectId, ...asks[0]!)).status).toBe(200);
    expect((await told(admin, w.app.world.otherProject.id, ...asks[0]!)).status).toBe(404);
    expect((await admin.ask(lookText, { id: w.projectId })).project.firstLook.viewerCan).toEqual({
      suggest: false,
      setDefaults: false,
    });
    const { errors } = await admin.gql(suggestText, {
      id: w.projectId,
      input: { product: 'SEARCH', revision: 0, values },
    });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('whoever loses their right loses the look with the next question', async () => {
    const { db } = w.app.services;
    await db
      .update(projectPartners)
      .set({ detachedAt: w.app.clock.now() })
      .where(eq(projectPartners.personId, w.partner.personId!));
    expect((await told(w.partner, w.projectId, ...asks[0]!)).status).toBe(404);
    const [gone] = await db.select().from(people).where(eq(people.id, w.sponsor.personId!));
    await personRemove(w.app.services, null, gone!.id);
    expect((await told(w.sponsor, w.projectId, ...asks[0]!)).status).toBe(404);
    expect((await w.sponsor.fetch(`/first-look/${w.projectId}/images/SECRET-1`)).status).toBe(404);
  });
});

const values = {
  layout: 'GRID',
  accent: '#AA3300',
  results: 8,
  synonyms: [['lamp', 'light']],
  boosts: [{ field: 'BRAND', value: 'Acme', factor: 2 }],
};
const suggestText = `mutation ($id: ID!, $input: FirstLookSuggestInput!) { firstLookSuggest(id: $id, input: $input) {
  mock { product settings { layout accent results synonyms } suggestion { revision by { name } } } userErrors { code field } position } }`;

describe('what is asked', () => {
  test.each([
    ['nothing', '{}'],
    ['no JSON', '{'],
    ['another mock’s question', '{"kind":"email"}'],
    ['more than a page', '{"kind":"search","text":"","sort":"NAME","first":49,"offset":0}'],
    ['an order that is none', '{"kind":"search","text":"","sort":"id; drop table","first":9,"offset":0}'],
    ['a field of its own', '{"kind":"suggest","text":"","index":"../../etc"}'],
    ['a long text', JSON.stringify({ kind: 'suggest', text: 'x'.repeat(201) })],
    ['too much', JSON.stringify({ kind: 'suggest', text: 'x', more: 'y'.repeat(2_000) })],
    ['__proto__', '{"kind":"suggest","text":"","__proto__":{"a":1}}'],
  ])('%s is refused', async (_what, ask) => {
    const query = new URLSearchParams({ mock: 'SEARCH', ask });
    expect((await w.pm.fetch(`/first-look/${w.projectId}/ask?${query}`)).status).toBe(400);
  });

  test('faster than anybody types is too fast, for each person by themselves', async () => {
    const take = vi.spyOn(w.app.services.limits, 'take');
    try {
      expect((await told(w.viewer, w.projectId, ...asks[1]!)).status).toBe(200);
      expect(take).toHaveBeenLastCalledWith({ name: 'firstLook.ask', points: 60, seconds: 3 }, w.viewer.personId);
      take.mockResolvedValueOnce(2);
      const answer = await w.ask({ kind: 'suggest', text: 'z' }, { session: w.viewer });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
      // Whoever may not know of it is told so however often they ask.
      take.mockClear();
      expect((await told(w.stranger, w.projectId, ...asks[1]!)).status).toBe(404);
      expect(take).not.toHaveBeenCalled();
    } finally {
      take.mockRestore();
    }
  });

  test('an answer is nobody else’s to keep', async () => {
    const { headers } = await w.ask({ kind: 'email' }, { mock: 'EMAIL' });
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'private, no-store',
      'nosniff',
    ]);
  });
});
