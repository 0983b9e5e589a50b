import 'reflect-metadata';
import { eq } from 'drizzle-orm';
import { type GraphQLSchema, parse } from 'graphql';
import { uuidv7 } from 'uuidv7';
import { comments, notes, phases, projectPositions, projects } from '../../drizzle/schema/index.ts';
import { type Audience, type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { createFanOut, type FanOut } from '../../server/live/streams/fanOut.ts';
import type { Bus, Topic } from '../../server/platform/bus/bus.ts';
import { memoryBus } from '../../server/platform/bus/memoryBus.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import type { Ctx, Services } from '../../server/platform/services.ts';
import { addTaskWithNote, fillNotes } from '../notes/world.ts';
import { eventually } from '../support/eventually.ts';
import { type Random, randomOf } from '../support/random.ts';

/*
 * Streams against a simple model: a list of what was written. Writers whose commits are delayed, readers that come and
 * go, read slowly, lose their right and get it back, rings that are lost, servers that start anew: in any order, by seed.
 * Whatever happened, every reader must have got every event of its audience once and in order, and nothing else.
 */
const document = parse(`subscription ($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change { position kind actor { id } task { id } node { id ... on Comment { text } } }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Reload { position }
  }
}`);
const hidden = 'internal-canary';

export type LiveModel = { run(seed: number): Promise<string[]> };

export type LossyBus = Bus & { lose(topic: Topic, part: number, random: Random): void };

/** A bus that loses some of the rings of a topic. */
export function lossyBus(): LossyBus {
  const bus = memoryBus();
  const lost = new Map<Topic, () => boolean>();
  return {
    ...bus,
    ring: (topic) => {
      if (!lost.get(topic)?.()) bus.ring(topic);
    },
    lose: (topic, part, random) => void lost.set(topic, () => random.chance(part)),
  };
}

type Project = { id: string; taskId: string; accountId: string; authorId: string };
type Message = { __typename: string; position: number; node?: { text?: string } | null; task?: unknown };

class Reader {
  last = 0;
  isOpen = false;
  isStalled = false;
  /** Must not be told anything: its right was taken away, and its stream has ended since. */
  isRevoked = false;
  readonly faults: string[] = [];
  readonly texts: string[] = [];
  #sentWhileStalled = 0;
  #stream: AsyncIterator<unknown> | null = null;

  constructor(
    readonly name: string,
    readonly viewer: Viewer,
  ) {}

  get audience(): Audience {
    return this.viewer.accountId === null ? 'INTERNAL' : 'SHARED';
  }

  async connect(services: Services, schema: GraphQLSchema, fanOut: FanOut, projectId: string): Promise<void> {
    const contextValue: Ctx = { ...services, viewer: this.viewer, loaders: new Map() };
    const variableValues = { projectId, after: this.last };
    const isCurrent = () => this.#stream === stream;
    let stream: AsyncIterator<unknown> | null = null;
    this.isOpen = true;
    const sink = {
      send: (answer: Buffer) => isCurrent() && this.#take(JSON.parse(answer.toString())),
      waitingBytes: () => (this.isStalled ? 1_000_000 : 0),
    };
    const followed = await fanOut.follow({ schema, document, variableValues, contextValue }, sink);
    if (!(Symbol.asyncIterator in followed)) {
      this.isOpen = false;
      return;
    }
    stream = followed;
    this.#stream = stream;
    void followed.next().then(() => {
      if (isCurrent()) this.isOpen = false;
    });
  }

  async disconnect(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    this.isOpen = false;
    await stream?.return?.();
  }

  stall(): void {
    this.isStalled = true;
    this.#sentWhileStalled = 0;
  }

  #take({ data, errors }: { data?: { changes: Message }; errors?: unknown }): void {
    if (errors || !data) {
      this.#fault(`was answered ${JSON.stringify(errors)}`);
      return;
    }
    const { __typename: kind, position, node } = data.changes;
    if (this.isRevoked) this.#fault(`was told of ${kind} ${position} without a right`);
    if (this.isStalled) this.#sentWhileStalled += 1;
    // One that was under way, one that showed that nobody reads, and how far the log has come.
    if (this.#sentWhileStalled > 3) this.#fault('was sent more and more without reading');
    if (kind === 'Change') {
      if (position !== this.last + 1) this.#fault(`got ${position} after ${this.last}`);
      this.last = position;
      if (node?.text) this.texts.push(node.text);
    } else if (kind === 'CaughtUp' && position !== this.last) {
      this.#fault(`has caught up at ${position} and stands at ${this.last}`);
    } else if (kind === 'Heartbeat' && position < this.last) {
      this.#fault(`heard of ${position} and stands at ${this.last}`);
    } else if (kind === 'Reload') this.#fault('was told to load everything anew');
  }

  #fault(what: string): void {
    this.faults.push(`${this.name} ${what}`);
  }
}

/** Services whose bus is a `lossyBus`. */
export async function liveModel(services: Services, bus: LossyBus, schema: GraphQLSchema): Promise<LiveModel> {
  const tell = (error: Error) => error as never;
  const { accountId, pm, anna, ben, note } = await fillNotes(services);

  async function write(project: Project, audience: Audience, number: number, delayMs: number): Promise<void> {
    await transaction(services, async (tx) => {
      const id = uuidv7();
      const at = services.clock.now();
      const { id: projectId, taskId, authorId } = project;
      const text = audience === 'SHARED' ? `shared ${number}` : `${hidden} ${number}`;
      await tx.insert(comments).values({ id, revision: 1, projectId, taskId, authorId, audience, text, createdAt: at });
      append(tx, { kind: 'comment.added', audience, actorId: authorId, subjectId: id, projectId, taskId, facts: {} });
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    });
  }

  async function setDraft(project: Project, isDraft: boolean): Promise<void> {
    await transaction(services, async (tx) => {
      const activatedAt = isDraft ? null : services.clock.now();
      await tx.update(projects).set({ activatedAt }).where(eq(projects.id, project.id));
      const { id: projectId, authorId: actorId } = project;
      const facts = { from: 'ACTIVE', to: 'ACTIVE' } as const;
      append(tx, {
        kind: 'project.moved',
        audience: 'INTERNAL',
        actorId,
        subjectId: projectId,
        projectId,
        facts,
      } as never);
    });
  }

  /** Another project like the first one, with a task. */
  async function newProject(): Promise<Project> {
    const id = uuidv7();
    const phaseId = uuidv7();
    const [first] = await services.db.select().from(projects).where(eq(projects.id, note.projectId));
    await services.db.insert(projects).values({ ...first!, id });
    await services.db.insert(projectPositions).values({ projectId: id, position: 0, sharedPosition: 0 });
    await services.db
      .insert(phases)
      .values({ id: phaseId, projectId: id, index: 0, name: 'Start', milestone: 'Started' });
    const noteId = await addTaskWithNote(services, id, phaseId, 'SHARED');
    const [task] = await services.db.select({ id: notes.taskId }).from(notes).where(eq(notes.id, noteId));
    return { id, taskId: task!.id, accountId, authorId: pm.personId };
  }

  return {
    async run(seed) {
      const random = randomOf(seed);
      const project = await newProject();
      let fanOut = createFanOut(services, schema, tell);
      const staff = (n: number) =>
        viewerFrom({ personId: project.authorId, sessionId: `s${n}`, role: 'PM', accountId: null });
      const client = (personId: string) =>
        viewerFrom({ personId, sessionId: 'c', role: 'CLIENT_MEMBER', accountId: project.accountId });
      const readers = Array.from({ length: 2 + random.below(4) }, (_, n) => {
        const viewer = random.chance(0.4) ? staff(n) : client(random.pick([anna, ben]).personId);
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
        await reader.connect(services, schema, fanOut, project.id);
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
      const [heads] = await services.db
        .select()
        .from(projectPositions)
        .where(eq(projectPositions.projectId, project.id));
      const headOf = (one: Reader) => (one.audience === 'SHARED' ? heads!.sharedPosition : heads!.position);
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
