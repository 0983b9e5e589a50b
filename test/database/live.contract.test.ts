import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFanOut } from '../../server/live/streams/fanOut.ts';
import type { Services } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { type LossyBus, lossyBus } from '../live/lossyBus.ts';
import { liveModel } from '../live/model.ts';
import { type LiveProject, type LiveProjects, liveProjects } from '../live/projects.ts';
import { type LiveServer, Reader } from '../live/reader.ts';
import { eventually } from '../support/eventually.ts';
import { randomOf } from '../support/random.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

const schema = createSchema();

describe.each(databaseKinds)('live streams on the %s database', (kind) => {
  let opened: Opened;
  let bus: LossyBus;
  let services: Services;
  let world: LiveProjects;
  let project: LiveProject;
  let server: LiveServer;
  beforeAll(async () => {
    opened = await openDatabase(kind);
    bus = lossyBus();
    services = { ...opened.services, bus };
    world = await liveProjects(services);
  }, 120_000);
  beforeEach(async () => {
    project = await world.newProject();
    server = started();
  });
  afterEach(() => server.fanOut.close());
  afterAll(() => opened.close());

  const started = () => ({ services, schema, fanOut: createFanOut(services, schema, (error) => error) });
  const [anna, ben] = ['anna', 'ben'];
  const client = (name = anna) => new Reader(name as string, world.clients[0]!);
  const staff = () => new Reader('pm', world.pm);
  const connect = (reader: Reader) => reader.connect(server, project.id);
  const write = (count: number, audience: 'SHARED' | 'INTERNAL' = 'SHARED', delayMs = 0) =>
    Promise.all(Array.from({ length: count }, (_, i) => world.write(project, audience, i, delayMs)));
  const reaches = (reader: Reader, position: number) => eventually(() => reader.last === position, 20_000);

  test('[LIVE-1] a reader that comes back a thousand times gets every change once and in order', async () => {
    const reader = client();
    let isWriting = true;
    const writing = Promise.all(
      [3, 7].map(async (delayMs) => {
        for (let i = 0; i < 60; i++) await world.write(project, 'SHARED', i, (i * delayMs) % 9);
      }),
    ).finally(() => {
      isWriting = false;
    });
    let times = 0;
    for (; times < 1_000 || isWriting; times++) {
      await connect(reader);
      // Often before anything came, now and then after.
      if (times % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      await reader.disconnect();
    }
    await writing;
    await connect(reader);
    await reaches(reader, 120);
    expect(times).toBeGreaterThanOrEqual(1_000);
    expect(reader.faults).toEqual([]);
    await reader.disconnect();
  });

  test('[LIVE-2] losing every ring of the bus delays a change, and loses none', async () => {
    const topic = `project:${project.id}` as const;
    bus.lose(topic, 1, randomOf(1));
    const reader = client();
    await connect(reader);
    await write(5);
    server.fanOut.beat();
    await reaches(reader, 5);
    expect(reader.faults).toEqual([]);
    await reader.disconnect();
  });

  test('[LIVE-3] after a restart of the server every reader goes on where it was', async () => {
    const readers = [client(), client(ben), staff()];
    await Promise.all(readers.map(connect));
    await write(4);
    await Promise.all(readers.map((reader) => reaches(reader, 4)));
    server.fanOut.close();
    await Promise.all(readers.map((reader) => reader.disconnect()));
    await write(4);
    server = started();
    await Promise.all(readers.map(connect));
    await Promise.all(readers.map((reader) => reaches(reader, 8)));
    expect(readers.flatMap((reader) => reader.faults)).toEqual([]);
    await Promise.all(readers.map((reader) => reader.disconnect()));
  });

  test("[LIVE-4] what is internal shows in no number and no word of a client's stream", async () => {
    const [reader, colleague] = [client(), staff()];
    await Promise.all([connect(reader), connect(colleague)]);
    for (let i = 0; i < 12; i++) await world.write(project, i % 3 === 0 ? 'SHARED' : 'INTERNAL', i, 0);
    await reaches(colleague, 12);
    await reaches(reader, 4);
    expect(reader.texts).toEqual(['shared 0', 'shared 3', 'shared 6', 'shared 9']);
    expect(reader.faults).toEqual([]);
    await Promise.all([reader.disconnect(), colleague.disconnect()]);
  });

  test('[LIVE-5] who lost the right to read is told of nothing that happens after', async () => {
    const reader = client();
    await connect(reader);
    await write(2);
    await reaches(reader, 2);
    await world.setDraft(project, true);
    await write(3);
    await eventually(() => !reader.isOpen);
    expect(reader.last).toBe(2);
    await connect(reader);
    expect(reader.isOpen).toBe(false);
    await world.setDraft(project, false);
    await connect(reader);
    await reaches(reader, 5);
    expect(reader.faults).toEqual([]);
    await reader.disconnect();
  });

  test('[LIVE-6] who reads slowly is told how far the log has come and nothing more, holds nobody up, and loses nothing', async () => {
    const [slow, quick] = [client(), client(ben)];
    await Promise.all([connect(slow), connect(quick)]);
    await write(1);
    await Promise.all([reaches(slow, 1), reaches(quick, 1)]);
    slow.stall();
    await write(30);
    await reaches(quick, 31);
    expect(slow.last).toBeLessThan(4);
    slow.isStalled = false;
    await reaches(slow, 31);
    // `faults` holds whatever was sent to it meanwhile beyond that.
    expect([...slow.faults, ...quick.faults]).toEqual([]);
    await Promise.all([slow.disconnect(), quick.disconnect()]);
  });

  test('[LIVE-8] who is ahead of the log, or more than 5,000 changes behind, is told to load everything anew', async () => {
    await write(3);
    for (const place of [40, 3 - 5_001]) {
      const reader = client();
      reader.last = place;
      await connect(reader);
      await reaches(reader, 3);
      expect(reader).toMatchObject({ reloads: 1, faults: [], texts: [] });
      await reader.disconnect();
    }
    const lacking = client();
    lacking.last = 3 - 5_000;
    await connect(lacking);
    await eventually(() => lacking.faults.length > 0);
    // It is replayed: the first change there is.
    expect(lacking).toMatchObject({ reloads: 0, faults: ['anna got 1 after -4997'] });
    await lacking.disconnect();
  });

  test('[LIVE-9] by chance: every reader has every position of its audience once and in order', async () => {
    const model = await liveModel(services, bus, schema);
    for (let seed = 1; seed <= 12; seed++)
      expect({ seed, faults: await model.run(seed) }).toEqual({ seed, faults: [] });
  });
});
