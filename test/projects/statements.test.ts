import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { projectCreate } from '../../server/templates/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';

const api = createSchema();
let app: TestApp;
let counted: CountedStatements;

beforeAll(async () => {
  app = await startTestApp();
  counted = countStatements(app.config.databaseUrl!);
});
afterAll(async () => {
  await counted.end();
  await app.close();
});

/** How many statements one request takes. */
async function count(viewer: Viewer, source: string, variableValues: Record<string, unknown> = {}): Promise<number> {
  counted.statements.length = 0;
  const contextValue = { ...app.services, db: counted.db, viewer, loaders: new Map() };
  const { errors } = await graphql({ schema: api, source, variableValues, contextValue });
  expect(errors).toBeUndefined();
  return counted.statements.length;
}

function staff(): Viewer {
  return viewerFrom({ personId: app.world.pm.id, sessionId: '', role: 'PM', accountId: null });
}
function client(): Viewer {
  const { id, accountId } = app.world.client;
  return viewerFrom({ personId: id, sessionId: '', role: 'CLIENT_MEMBER', accountId });
}

const task = `id title state court dueOn isOverdue phase { name } assignee { name }
  predecessors { title } successors { title } latestSubmission { version submittedBy { name } } pendingUpload { id }
  comments(last: 5) { nodes { text author { name } viewerCan { edit } } } commentCount note { id viewerCan { edit } }
  viewerCan { start submit approve comment }`;

/**
 * Every list of the API, with what its items can be asked for, and the most statements that it may take. The first takes
 * 19: who works on a project stands in three places (its people, its manager, its partners), and rights, what is known
 * of a client, the judgements of people on a project's health and checks that broke have a table each. The company's row is read twice, once
 * for its currency and once for its hours. What is new in a query adds its one statement here, or shares another's.
 */
const lists: [name: string, query: string, most: number][] = [
  [
    'projects, with figures',
    `{ overview { active inReview revenueNotYetLive { amountMinor } cursor }
       projects(first: 100) { totalCount nodes { name position account { name } pm { name } people { name } partners { name }
         viewerCan { edit moves } accountFacts { key value } court courtSince progress { done total } nextStep { title } waitingOnOthers { title } nextDue { title isOverdue }
         phases { name progress { done total } tasks { id } } staff { lastClientActivityAt } } } }`,
    19,
  ],
  ['the tasks of many projects', `{ projects(first: 100) { nodes { tasks { ${task} } } } }`, 14],
];

describe('statements of a request', () => {
  test.each(lists)('%s: as many for 3 projects as for 15', async (_, query, most) => {
    await count(staff(), query);
    const few = await count(staff(), query);
    expect(few).toBeGreaterThan(4);
    // The first who asks after something happened has how projects stand computed anew: of one as of six.
    await addProjects(1);
    const afterOne = await count(staff(), query);
    await addProjects(6);
    expect(await count(staff(), query)).toBe(afterOne);
    const many = await count(staff(), query);
    expect(many).toBe(few);
    expect(many).toBeLessThanOrEqual(most);
  });

  test('a project with its tasks, comments and deliveries, as its client sees it', async () => {
    const query = `query ($id: ID!) { project(id: $id) { name account { name } people { name } phases { name progress { done } }
      nextStep { ${task} } tasks { ${task} } changes(last: 20) { nodes { kind actor { name } task { title } } } } }`;
    // People are asked for four times: by project, by account, by partnership, and by the changes that name them.
    expect(await count(client(), query, { id: app.world.project.id })).toBeLessThanOrEqual(18);
  });

  test('one task, whole', async () => {
    const query = `query ($id: ID!) { task(id: $id) { ${task} documentation project { name position }
      submissions { nodes { version file { name downloadUrl } submittedBy { name } review { outcome } } }
      changes(last: 20) { nodes { kind actor { name } node { id } facts { from to } } } } }`;
    expect(await count(client(), query, { id: app.world.clients[0]!.tasks[0]!.id })).toBeLessThanOrEqual(20);
  });
});

async function addProjects(howMany: number): Promise<void> {
  const ctx: Ctx = { ...app.services, viewer: staff(), loaders: new Map() };
  const from = await app.services.db.$count(schema.projects);
  for (let i = 0; i < howMany; i++) {
    await projectCreate(ctx, {
      idempotencyKey: `more ${from + i}`,
      account: { id: app.world.clients[i % 2]!.account.id },
      templateKeys: i % 2 ? ['searchShopify'] : ['searchShopify', 'recommendationsShopify'],
      platform: 'SHOPIFY',
      products: ['SEARCH'],
      name: `More ${i}`,
      pmId: app.world.pm.id,
      signedOn: '2026-03-02',
      targetOn: null,
      revenue: { amountMinor: 100_00, currency: 'EUR' },
      isDraft: false,
    });
  }
}
