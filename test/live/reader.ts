import { type GraphQLSchema, parse } from 'graphql';
import type { Audience, Viewer } from '../../server/access/viewer.ts';
import type { FanOut } from '../../server/live/streams/fanOut.ts';
import type { Ctx, Services } from '../../server/platform/services.ts';

/** What the words of an internal comment hold. */
export const hidden = 'internal-canary';

const document = parse(`subscription ($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change { position kind actor { id } task { id } node { id ... on Comment { text } } }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Reload { position }
  }
}`);
/** What a reader is answered by. */
export type LiveServer = { services: Services; schema: GraphQLSchema; fanOut: FanOut };

type Message = { __typename: string; position: number; node?: { text?: string } | null; task?: unknown };

/** Follows a project, resumes from its own place, and writes down whatever a reader must not see. */
export class Reader {
  last = 0;
  isOpen = false;
  isStalled = false;
  /** Must not be told anything: its right was taken away, and its stream has ended since. */
  isRevoked = false;
  /** How often it was told to load everything anew. */
  reloads = 0;
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

  async connect({ services, schema, fanOut }: LiveServer, projectId: string): Promise<void> {
    const contextValue: Ctx = { ...services, viewer: this.viewer, loaders: new Map() };
    const variableValues = { projectId, after: this.last };
    const isCurrent = () => this.#stream === stream;
    let stream: AsyncIterator<unknown> | null = null;
    this.isOpen = true;
    // Nothing waits in a new connection yet.
    this.#sentWhileStalled = 0;
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
    if (this.isStalled && this.#sentWhileStalled > 3)
      this.#fault(`was sent more and more without reading ${kind} ${position} last ${this.last}`);
    if (kind === 'Change') {
      if (position !== this.last + 1) this.#fault(`got ${position} after ${this.last}`);
      this.last = position;
      if (node?.text) this.texts.push(node.text);
    } else if (kind === 'CaughtUp' && position !== this.last) {
      this.#fault(`has caught up at ${position} and stands at ${this.last}`);
    } else if (kind === 'Heartbeat' && position < this.last) {
      this.#fault(`heard of ${position} and stands at ${this.last}`);
    } else if (kind === 'Reload') {
      this.last = position;
      this.reloads += 1;
    }
  }

  #fault(what: string): void {
    this.faults.push(`${this.name} ${what}`);
  }
}
