import { randomUUID } from 'node:crypto';
import { connectDatabase } from '../../server/platform/database/connect.ts';
import { testKey } from './config.ts';
import { eventually } from './eventually.ts';
import { enterNote, type NotePeer, noteText } from './noteClient.ts';
import { type ServerProcess, sampleSignIn, startServer } from './serverProcess.ts';
import { Session } from './session.ts';

/*
 * Kills the server with SIGKILL under write load, again and again, and then looks for what it had acknowledged.
 * A write is sent -> acknowledged (must be there once) or unanswered when the server died (may be there once).
 * An unanswered comment is sent again under its idempotency key in the next life, as the client does.
 */

export type CrashOptions = {
  dataDir: string;
  databaseUrl: string | null;
  kills: number;
  seed: number;
  tell?: (line: string) => void;
};

export type Tally = { acknowledged: number; lost: string[]; doubled: string[] };

export type CrashReport = {
  kills: number;
  comments: Tally;
  noteEdits: Tally;
  /** Comments that died unanswered and went through on the second try. */
  retried: number;
  /** From spawn to ready, after each kill. */
  reopenMs: number[];
  firstStartMs: number;
};

type Target = { taskIds: string[]; rooms: string[] };

/** What was sent and what became of it. */
class History {
  readonly acknowledged = new Set<string>();
  readonly unanswered = new Set<string>();

  async send(text: string, write: () => Promise<void>): Promise<void> {
    this.unanswered.add(text);
    await write();
    this.unanswered.delete(text);
    this.acknowledged.add(text);
  }

  tally(found: string[]): Tally {
    const counts = new Map<string, number>();
    for (const text of found) counts.set(text, (counts.get(text) ?? 0) + 1);
    return {
      acknowledged: this.acknowledged.size,
      lost: [...this.acknowledged].filter((text) => !counts.has(text)),
      doubled: [...this.acknowledged, ...this.unanswered].filter((text) => (counts.get(text) ?? 0) > 1),
    };
  }
}

export async function crash(options: CrashOptions): Promise<CrashReport> {
  const random = seeded(options.seed);
  const comments = new History();
  const noteEdits = new History();
  const reopenMs: number[] = [];
  let retried = 0;
  const env = {
    DATA_DIR: options.dataDir,
    SAMPLE_DATA: 'true',
    HOST: '127.0.0.1',
    MASTER_KEY: testKey,
    ...(options.databaseUrl === null ? {} : { DATABASE_URL: options.databaseUrl }),
  };

  let server = await startServer(env);
  const firstStartMs = server.readyMs;
  const cookie = await sampleSignIn(server.url, 'PM');
  const target = await findTarget(new Session(server.url, cookie, null));

  for (let kill = 1; kill <= options.kills; kill++) {
    const again = [...comments.unanswered];
    const life = load(server, cookie, target, comments, noteEdits, again);
    await life.writing;
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 600));
    server.signal('SIGKILL');
    await server.ended;
    await life.end();
    retried += again.filter((text) => comments.acknowledged.has(text)).length;
    server = await startServer(env);
    reopenMs.push(server.readyMs);
    options.tell?.(
      `kill ${kill}: ${comments.acknowledged.size} comments and ${noteEdits.acknowledged.size} note edits acknowledged, reopened in ${Math.round(server.readyMs)} ms`,
    );
  }

  const written = await Promise.all(target.rooms.map((room) => noteText({ url: server.url, cookie, room })));
  server.signal('SIGTERM');
  const ended = await server.ended;
  if (ended.code !== 0) throw new Error(`The last life did not end in order:\n${ended.output}`);
  return {
    kills: options.kills,
    comments: comments.tally(await readComments(options)),
    noteEdits: noteEdits.tally(written.flatMap((text) => text.split('\n'))),
    retried,
    reopenMs,
    firstStartMs,
  };
}

const addComment = `mutation ($taskId: ID!, $text: String!, $key: String!) {
  commentAdd(input: { taskId: $taskId, text: $text, audience: INTERNAL, idempotencyKey: $key }) {
    comment { id } userErrors { message } } }`;

function load(
  { url }: ServerProcess,
  cookie: string,
  { taskIds, rooms }: Target,
  comments: History,
  noteEdits: History,
  again: string[],
): { writing: Promise<unknown>; end(): Promise<void> } {
  const session = new Session(url, cookie, null);
  const before = [comments.acknowledged.size, noteEdits.acknowledged.size];
  let isOver = false;
  let refusal: Error | null = null;

  // The text starts with its task and is the idempotency key too: the second try says exactly the same.
  async function comment(text: string) {
    await comments.send(text, async () => {
      const answer = await session.gql(addComment, { taskId: text.split(' ')[0], text, key: text });
      if (answer.data?.commentAdd.comment) return;
      refusal ??= new Error(`commentAdd answered ${answer.status}: ${JSON.stringify(answer)}`);
      throw refusal;
    });
  }
  async function commentWriter(index: number) {
    for (const text of again.filter((_, i) => i % writers === index)) await comment(text);
    for (let i = 0; !isOver; i++) await comment(`${taskIds[i % taskIds.length]} ${randomUUID()}`);
  }
  async function noteEditor(room: string) {
    const peer = enterNote({ url, cookie, room });
    // Closed from outside: a peer whose server died would try to come back for ever.
    peers.push(peer);
    await peer.synced();
    while (!isOver) {
      const text = randomUUID();
      await noteEdits.send(text, () => {
        peer.addParagraph(text);
        return peer.saved();
      });
    }
  }

  const writers = 4;
  const peers: NotePeer[] = [];
  const working = Promise.allSettled([
    ...Array.from({ length: writers }, (_, index) => commentWriter(index)),
    ...rooms.map(noteEditor),
  ]);
  return {
    // A server that has just started answers slowly at first: the clock of the kill runs from real writing.
    writing: eventually(
      () =>
        refusal !== null ||
        (comments.acknowledged.size > (before[0] ?? 0) && noteEdits.acknowledged.size > (before[1] ?? 0)),
      30_000,
    ),
    async end() {
      isOver = true;
      for (const peer of peers) peer.close();
      await working;
      if (refusal) throw refusal;
    },
  };
}

async function findTarget(session: Session): Promise<Target> {
  const { projects } = await session.ask(
    '{ projects(first: 1) { nodes { tasks { id note { room viewerCan { edit } } viewerCan { commentInternally } } } } }',
  );
  type Task = {
    id: string;
    note: { room: string; viewerCan: { edit: boolean } } | null;
    viewerCan: { commentInternally: boolean };
  };
  const tasks: Task[] = projects.nodes[0].tasks;
  const rooms = tasks.flatMap((task) => (task.note?.viewerCan.edit ? [task.note.room] : [])).slice(0, 2);
  const taskIds = tasks.flatMap((task) => (task.viewerCan.commentInternally ? [task.id] : [])).slice(0, 3);
  if (rooms.length < 2 || taskIds.length < 3) throw new Error('The sample has too few tasks with notes to write to.');
  return { taskIds, rooms };
}

async function readComments({ dataDir, databaseUrl }: CrashOptions): Promise<string[]> {
  const database = await connectDatabase({ dataDir, databaseUrl });
  try {
    const rows = await database.sql<{ text: string }[]>`select text from comments`;
    return rows.map((row) => row.text);
  } finally {
    await database.close();
  }
}

/** mulberry32: the same seed kills at the same moments. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
