import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../../server/schema.ts';
import { startTestServices, type TestServices } from '../support/services.ts';
import { lossyBus } from './lossyBus.ts';
import { type LiveModel, liveModel } from './model.ts';

const runs = 200;
const atOnce = 4;

let services: TestServices;
let model: LiveModel;

beforeAll(async () => {
  const bus = lossyBus();
  services = await startTestServices({ bus });
  model = await liveModel(services, bus, createSchema());
});
afterAll(() => services.close());

describe('streams against a model', () => {
  test.concurrent.each(Array.from({ length: atOnce }, (_, i) => i))(
    '[LIVE-9] random walks leave every reader with every position once and in order, part %i',
    { timeout: 180_000 },
    async (part) => {
      for (let seed = part + 1; seed <= runs; seed += atOnce) {
        expect({ seed, faults: await model.run(seed) }).toEqual({ seed, faults: [] });
      }
    },
  );
});
