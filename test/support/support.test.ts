import { readFileSync } from 'node:fs';
import { graphql } from 'graphql';
import postgres from 'postgres';
import { buildSchema, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { events } from '../../drizzle/schema/index.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import { chromiumArguments } from './chromium.ts';
import { createTestDatabase } from './databases.ts';
import { startTestServices } from './services.ts';

test('each test database is fresh, migrated and gone when dropped', async () => {
  const one = await createTestDatabase();
  const two = await createTestDatabase();
  const sql = postgres(one.url, { max: 1 });
  const other = postgres(two.url, { max: 1 });
  await sql`update log_head set seq = 7 where id = 1`;
  expect(await other`select seq::int from log_head`).toEqual([{ seq: 0 }]);
  await sql.end();
  await other.end();
  await one.drop();
  await two.drop();
  const gone = postgres(one.url, { max: 1 });
  await expect(gone`select 1`).rejects.toThrow(/does not exist/);
  await gone.end();
});

test('decorated classes make a schema that the same graphql executes', async () => {
  @ObjectType({ description: 'A thing.' })
  class Thing {
    @Field(() => String, { description: 'Its name.' })
    name!: string;
  }
  @Resolver(() => Thing)
  class ThingResolver {
    @Query(() => Thing, { description: 'The thing.' })
    thing(): Thing {
      return Object.assign(new Thing(), { name: 'anchor' });
    }
  }
  const schema = await buildSchema({ resolvers: [ThingResolver] });
  const { data } = await graphql({ schema, source: '{ thing { name } }' });
  expect(data?.thing).toEqual({ name: 'anchor' });
});

test('test services write an event through a transaction', async () => {
  const services = await startTestServices();
  const id = uuidv7();
  await transaction(services, async (tx) => {
    append(tx, {
      kind: 'account.created',
      audience: 'INTERNAL',
      actorId: null,
      subjectId: id,
      projectId: null,
      facts: {},
    });
  });
  const stored = await services.db.select().from(events);
  expect(stored).toMatchObject([{ seq: 1, subjectId: id, at: services.clock.now() }]);
  await services.close();
});

test('what Playwright turns off in Chromium stays off beside what the tests turn off', () => {
  const bundle = new URL('../../node_modules/playwright-core/lib/coreBundle.js', import.meta.url);
  const list = /disabledFeatures = \[([^\]]*)\]/.exec(readFileSync(bundle, 'utf8'))?.[1] ?? '';
  const names = [...list.matchAll(/^\s*"(\w+)"/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  const option = '--disable-features=';
  const off = chromiumArguments().find((argument) => argument.startsWith(option));
  expect(off?.slice(option.length).split(',')).toEqual(expect.arrayContaining(names));
});
