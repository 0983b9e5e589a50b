import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, projects } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test("a project's health goes by the holidays that the company has set", async () => {
  const pm = await app.signIn(app.world.pm);
  const { id } = app.world.project;
  // The app's day is Tuesday the 10th: the target was on Friday.
  await app.services.db.update(projects).set({ state: 'ACTIVE', targetOn: '2026-03-06' }).where(eq(projects.id, id));
  const late = async () => {
    const { project } = await pm.ask('query ($id: ID!) { project(id: $id) { health { reasons { code days } } } }', {
      id,
    });
    return project.health.reasons.find(({ code }: { code: string }) => code === 'TARGET_PASSED')?.days;
  };
  expect(await late()).toBe(2);
  await app.services.db.update(company).set({ holidays: ['2026-03-09'] });
  expect(await late()).toBe(1);
});
