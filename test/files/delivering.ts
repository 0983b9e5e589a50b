import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { uuidv7 } from 'uuidv7';
import {
  accounts,
  people,
  phases,
  projectPositions,
  projectStaff,
  projects,
  tasks,
} from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { downloadsRoutes } from '../../server/files/downloads.ts';
import { uploadsRoutes } from '../../server/files/uploads.ts';
import type { InputSource } from '../../server/inputs.ts';
import { diskBlobs } from '../../server/platform/blobs/disk.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { submissionCreate } from '../../server/submissions/commands.ts';
import type { SubmissionRow } from '../../server/submissions/queries.ts';
import { eventually } from '../support/eventually.ts';
import { startTestServices, type TestServices } from '../support/services.ts';
import type { Session } from '../support/session.ts';
import { directSession } from '../support/signIn.ts';
import { inputsOfType, insertInputs } from '../support/taskWithInputs.ts';

type TaskRow = typeof tasks.$inferSelect;

/** Two clients and a PM, a task of the first client's project, and the two routes that file bytes go through. */
export type Delivering = {
  readonly services: TestServices;
  readonly url: string;
  readonly client: Viewer;
  readonly colleague: Viewer;
  readonly otherClient: Viewer;
  readonly pm: Viewer;
  readonly otherPm: Viewer;
  as(viewer: Viewer): Ctx;
  session(viewer: Viewer): Promise<Session>;
  /** A task of the first client's project; without inputs of its own it asks for what its type says. */
  task(values?: Partial<TaskRow>, inputs?: InputSource[]): Promise<TaskRow>;
  /** Begins a file submission of this many bytes. */
  begin(viewer: Viewer, task: TaskRow, sizeBytes: number, name?: string): Promise<SubmissionRow & { fileId: string }>;
  /** A new process on the same data: nothing but the disk and the database is remembered. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export async function startDelivering(): Promise<Delivering> {
  const blobDir = mkdtempSync(join(tmpdir(), 'slipway-blobs-'));
  const services = await startTestServices({ blobs: diskBlobs(blobDir) });
  const world = await seed(services);
  let server = await listen(services, 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;

  return {
    services,
    url,
    ...world.viewers,
    as: (viewer) => services.as(viewer),
    session: (viewer) => directSession({ url, services }, viewer.personId),
    async task(values = {}, inputs) {
      const row = { ...taskDefaults(), ...values, projectId: world.projectId, phaseId: world.phaseId };
      await services.db.insert(tasks).values(row);
      await insertInputs(services.db, row.id, inputs ?? inputsOfType(row));
      return row;
    },
    async begin(viewer, task, sizeBytes, name = 'products.csv') {
      const input = { taskId: task.id, idempotencyKey: uuidv7(), file: { name, sizeBytes } };
      const { value } = await submissionCreate(services.as(viewer), input);
      return { ...value, fileId: value.fileId! };
    },
    async restart() {
      await end(server);
      server = await listen(services, port);
      // The first request may still be sent down a connection that has just been closed.
      await eventually(() => fetch(url).then(() => true));
    },
    async close() {
      await end(server);
      await services.close();
      rmSync(blobDir, { recursive: true, force: true });
    },
  };
}

async function listen(services: TestServices, port: number): Promise<Server> {
  const app = express().use(uploadsRoutes(services)).use(downloadsRoutes(services));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export const tus = { 'tus-resumable': '1.0.0' };

/** Sends the rest of an upload in one request. */
export function patch(
  session: Session,
  fileId: string,
  offset: number,
  body: BodyInit,
  more: Record<string, string> = {},
) {
  return session.fetch(`/uploads/${fileId}`, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...more },
    body,
  });
}

export async function offsetOf(session: Session, fileId: string): Promise<number> {
  const response = await session.fetch(`/uploads/${fileId}`, { method: 'HEAD', headers: tus });
  return Number(response.headers.get('upload-offset') ?? Number.NaN);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function taskDefaults(): TaskRow {
  return {
    id: uuidv7(),
    revision: 1,
    projectId: '',
    phaseId: '',
    index: 0,
    key: randomBytes(6).toString('hex'),
    title: 'Upload your product feed',
    purpose: 'so that we can build your search index',
    documentation: '',
    minutes: 20,
    type: 'FILE',
    side: 'CLIENT',
    visibility: 'SHARED',
    state: 'READY',
    stateSince: at,
    reviewerRole: null,
    isReviewWanted: true,
    acceptedExtensions: [],
    assigneeId: null,
    dueOn: null,
    durationDays: 1,
    pinEdge: null,
    pinOn: null,
    startedAt: null,
    baselineOn: null,
    isForLead: false,
    isGate: false,
    startsOn: null,
    stuckSide: null,
    stuckBy: null,
    stuckSince: null,
    createdAt: at,
    updatedAt: at,
  };
}

const at = new Date('2026-03-01T09:00:00Z');
const stamps = { createdAt: at, updatedAt: at };

async function seed({ db }: TestServices) {
  const accountIds = [uuidv7(), uuidv7()];
  for (const id of accountIds) {
    const timeZone = 'Europe/Prague';
    await db
      .insert(accounts)
      .values({ id, revision: 1, name: id, website: 'https://shop.example', timeZone, ...stamps });
  }
  const person = async (role: Viewer['role'], accountId: string | null): Promise<Viewer> => {
    const id = uuidv7();
    const values = { id, email: `${id}@shop.example`, name: 'Jana', role, accountId, timeZone: 'Europe/Prague' };
    await db.insert(people).values({ ...values, isSample: true, ...stamps });
    return viewerFrom({ personId: id, sessionId: '', role, accountId });
  };
  const [own, other] = accountIds as [string, string];
  const viewers = {
    client: await person('CLIENT_MEMBER', own),
    colleague: await person('CLIENT_MEMBER', own),
    otherClient: await person('CLIENT_MEMBER', other),
    pm: await person('PM', null),
    otherPm: await person('PM', null),
  };
  const projectId = uuidv7();
  await db.insert(projects).values({
    id: projectId,
    revision: 1,
    accountId: own,
    name: 'Search',
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    state: 'ACTIVE',
    activatedAt: at,
    pmId: viewers.pm.personId,
    timeZone: 'Europe/Prague',
    signedOn: '2026-03-01',
    targetOn: '2026-05-01',
    ...stamps,
  });
  await db.insert(projectPositions).values({ projectId, position: 0, sharedPosition: 0 });
  await db.insert(projectStaff).values({ projectId, revenueMinor: 0, revenueCurrency: 'EUR' });
  const phaseId = uuidv7();
  await db.insert(phases).values({ id: phaseId, projectId, index: 0, name: 'Data', milestone: 'Data is in' });
  return { viewers, projectId, phaseId };
}
