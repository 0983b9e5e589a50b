import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import type { Audience } from '../../server/access/viewer.ts';
import { createFanOut } from '../../server/live/streams/fanOut.ts';
import type { Services } from '../../server/platform/services.ts';
import { eventually } from '../support/eventually.ts';
import { randomOf } from '../support/random.ts';
import type { LossyBus } from './lossyBus.ts';
import { liveProjects } from './projects.ts';
import { hidden, Reader } from './reader.ts';

/*
 * Streams against a simple model: a list of what was written. Writers whose commits are delayed, readers that come and
 * go, read slowly, lose their right and get it back, rings that are lost, servers that start anew: in any order, by seed.
 * Whatever happened, every reader must have got every event of its audience once and in order, and nothing else.
 */
export type LiveModel = { /** The faults of one walk; none when all is well. */ run(seed: number): Promise<string[]> };

/** Services whose bus is the lossy one. */
export async function liveModel(services: Services, bus: LossyBus, schema: GraphQLSchema): Promise<LiveModel> {
  const tell = (error: Error) => error as never;
  const { write, setDraft, newProject, heads, pm, clients: people } = await liveProjects(services);

  return {
    async run(seed) {
      const random = randomOf(seed);
      const project = await newProject();
      let fanOut = createFanOut(services, schema, tell);
      const readers = Array.from({ length: 2 + random.below(4) }, (_, n) => {
        const viewer = random.chance(0.4) ? pm : random.pick(people);
        return new Reader(`reader ${n} (${viewer.role})`, viewer);
      });
      const clients = readers.filter((one) => one.audience === 'SHARED');
      const writes: Promise<void>[] = [];
      const written: Audience[] = [];
      let isRevoked = false;
      const topic = `project:${project.id}` as const;
      bus.lose(topic, random.pick([0, 0, 0.3, 1]), random);

      const connect = async (reader: Reader) => {
        if (reader.isOpen || (isRevoked && reader.audience === 'SHARED')) return;
        await reader.connect({ services, schema, fanOut }, project.id);
      };
      const acts: Record<string, () => unknown> = {
        write: () => {
          const audience = random.pick<Audience>(['SHARED', 'SHARED', 'INTERNAL']);
          writes.push(write(project, audience, written.push(audience), random.pick([0, 0, 1, 8])));
        },
        connect: () => connect(random.pick(readers)),
        disconnect: () => random.pick(readers).disconnect(),
        stall: () => random.pick(readers).stall(),
        unstall: () => {
          random.pick(readers).isStalled = false;
        },
        beat: () => fanOut.beat(),
        settle: () => Promise.all(writes.splice(0)),
        async restart() {
          await Promise.all(readers.map((one) => one.disconnect()));
          fanOut.close();
          fanOut = createFanOut(services, schema, tell);
          await Promise.all(readers.filter(() => random.chance(0.8)).map(connect));
        },
        async revoke() {
          if (isRevoked) return;
          isRevoked = true;
          await setDraft(project, true);
          fanOut.beat();
          await eventually(() => clients.every((one) => !one.isOpen), 5_000);
          for (const one of clients) one.isRevoked = true;
        },
        async grant() {
          if (!isRevoked) return;
          await setDraft(project, false);
          isRevoked = false;
          for (const one of clients) one.isRevoked = false;
        },
      };
      const weighted = ['write', 'write', 'write', 'write', 'connect', 'connect', ...Object.keys(acts)];
      for (let step = 0; step < 30; step++) {
        await acts[random.pick(weighted)]?.();
        if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(4)));
      }

      // At the end all is quiet: everybody comes back, reads, and has to have everything.
      await Promise.all(writes);
      await acts.grant?.();
      bus.lose(topic, 0, random);
      for (const one of readers) one.isStalled = false;
      for (const one of readers) await connect(one);
      fanOut.beat();
      const head = await heads(project);
      const headOf = (one: Reader) => head[one.audience];
      await eventually(() => readers.every((one) => one.last >= headOf(one) || one.faults.length > 0), 10_000).catch(
        () => {
          for (const one of readers)
            if (one.last < headOf(one)) one.faults.push(`${one.name} stands at ${one.last} of ${headOf(one)}`);
        },
      );
      await Promise.all(readers.map((one) => one.disconnect()));
      fanOut.close();
      const shared = written.filter((audience) => audience === 'SHARED').length;
      return readers.flatMap((one) => {
        const faults = [...one.faults];
        if (one.reloads > 0) faults.push(`${one.name} was told to load everything anew`);
        if (one.audience === 'SHARED') {
          if (one.texts.some((text) => text.includes(hidden))) faults.push(`${one.name} read what is internal`);
          if (one.last !== shared) faults.push(`${one.name} counts ${one.last} where ${shared} were shared`);
        }
        if (new Set(one.texts).size !== one.texts.length) faults.push(`${one.name} read something twice`);
        return faults;
      });
    },
  };
}
