import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServices, type TestServices } from '../support/services.ts';
import { makeModelWorlds, runMany } from './modelRuns.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startTestServices();
});
afterAll(() => services.close());

const runs = 200;

test(`[NOTE-9] in ${runs} runs by chance nothing that was shown or saved is lost, and all end with the text that the database yields`, async () => {
  const worlds = await makeModelWorlds(services);
  expect(await runMany(services, worlds, { runs, firstSeed: 1 })).toBe(runs);
}, 240_000);
