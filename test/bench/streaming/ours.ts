import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, people, projects, sessions, tasks } from '../../../drizzle/schema/index.ts';
import { sessionMs } from '../../../server/accounts/queries.ts';
import { newToken, tokenHash } from '../../../server/accounts/tokens.ts';
import { connectDatabase } from '../../../server/platform/database/connect.ts';
import type { Db } from '../../../server/platform/database/transaction.ts';
import { testConfig } from '../../support/config.ts';
import { type ServerProcess, startServer } from '../../support/serverProcess.ts';
import { commentText } from './operation.ts';

/** Slipway itself, as `npm start` runs it, with people enough and somebody who writes. */
export type OurServer = {
  process(): ServerProcess;
  /** Of clients of the project's account, each of another person. */
  cookies: string[];
  projectId: string;
  /** Writes a comment that clients read. */
  write(number: number): Promise<void>;
  /** The last position of the clients. */
  position(): Promise<number>;
  /** Ends the server by SIGTERM and starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

type World = { cookies: string[]; writer: string; projectId: string; taskId: string };

export async function startOurs(dataDir: string, databaseUrl: string | null, readers: number): Promise<OurServer> {
  const { masterKey } = testConfig(dataDir, databaseUrl);
  const env = {
    DATA_DIR: dataDir,
    MASTER_KEY: masterKey ?? '',
    SAMPLE_DATA: 'true',
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
  let server = await startServer(env);
  await ended();
  const world = await withDatabase(dataDir, databaseUrl, (db) => fill(db, readers));
  server = await startServer(env);
  const { port } = new URL(server.url);

  async function ended(): Promise<void> {
    server.signal('SIGTERM');
    await server.ended;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the bench knows what it asked for
  async function ask(cookie: string, query: string, variables: Record<string, unknown>): Promise<any> {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { origin: server.url, cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: unknown; errors?: unknown };
    if (body.errors) throw new Error(`Slipway answered ${JSON.stringify(body.errors)}`);
    return body.data;
  }

  return {
    process: () => server,
    cookies: world.cookies,
    projectId: world.projectId,
    async write(number) {
      const query = 'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { userErrors { code } } }';
      const input = {
        taskId: world.taskId,
        text: commentText(number),
        audience: 'SHARED',
        idempotencyKey: randomUUID(),
      };
      const { commentAdd } = await ask(world.writer, query, { input });
      if (commentAdd.userErrors.length > 0) throw new Error(`A comment was refused: ${JSON.stringify(commentAdd)}`);
    },
    async position() {
      const query = 'query ($id: ID!) { project(id: $id) { position } }';
      return (await ask(world.cookies[0] as string, query, { id: world.projectId })).project.position;
    },
    async restart() {
      await ended();
      server = await startServer({ ...env, PORT: port });
    },
    stop: ended,
  };
}

async function withDatabase<T>(dataDir: string, url: string | null, act: (db: Db) => Promise<T>): Promise<T> {
  const database = await connectDatabase(testConfig(dataDir, url));
  try {
    return await act(database.db);
  } finally {
    await database.close();
  }
}

/** People of one account, each with a session: nobody shares an answer because they are the same person. */
async function fill(db: Db, readers: number): Promise<World> {
  const [found] = await db
    .select({ accountId: accounts.id, projectId: projects.id, taskId: tasks.id })
    .from(tasks)
    .innerJoin(projects, and(eq(projects.id, tasks.projectId), isNotNull(projects.activatedAt)))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .where(and(eq(projects.state, 'ACTIVE'), eq(tasks.visibility, 'SHARED')))
    .limit(1);
  const [pm] = await db.select().from(people).where(eq(people.role, 'PM')).limit(1);
  if (!found || !pm) throw new Error('The sample has no running project, or no PM.');
  const now = new Date();
  const tokens = new Map<string, string>();
  const rows = Array.from({ length: readers }, (_, i) => {
    const id = uuidv7();
    tokens.set(id, newToken());
    const person = { id, email: `reader${i}@bench.example`, name: `Reader ${i}`, role: 'CLIENT_MEMBER' as const };
    const times = { timeZone: 'Europe/Berlin', isSample: true, createdAt: now, updatedAt: now };
    return { ...person, ...times, accountId: found.accountId };
  });
  const writer = newToken();
  tokens.set(pm.id, writer);
  const session = ([personId, token]: [string, string]) => ({
    id: uuidv7(),
    personId,
    tokenHash: tokenHash(token),
    userAgent: 'bench',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + sessionMs),
  });
  for (let i = 0; i < rows.length; i += 500) await db.insert(people).values(rows.slice(i, i + 500));
  const all = [...tokens].map(session);
  for (let i = 0; i < all.length; i += 500) await db.insert(sessions).values(all.slice(i, i + 500));
  const cookies = rows.map(({ id }) => `slipway_session=${tokens.get(id)}`);
  return { cookies, writer: `slipway_session=${writer}`, projectId: found.projectId, taskId: found.taskId };
}
