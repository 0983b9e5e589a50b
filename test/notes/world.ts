import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, notes, people, phases, projectPositions, projects, tasks } from '../../drizzle/schema/index.ts';
import type { Audience } from '../../server/access/viewer.ts';
import { startSession } from '../../server/accounts/sessions.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import type { Services } from '../../server/platform/services.ts';

export type SignedIn = { personId: string; name: string; cookie: string };

/** A shop and its project, with one note: two clients of its account, a stranger and a PM. */
export async function fillNotes(services: Services) {
  const at = services.clock.now();
  const times = { createdAt: at, updatedAt: at };
  const zone = { timeZone: 'Europe/Berlin' };
  const [own, other] = [uuidv7(), uuidv7()];
  const { db } = services;
  await db.insert(accounts).values([
    { id: own, revision: 1, name: 'Nordlicht', website: 'https://nordlicht.example', ...zone, ...times },
    { id: other, revision: 1, name: 'Kiefer', website: 'https://kiefer.example', ...zone, ...times },
  ]);
  const pm = await addPerson(services, 'Paula', null);
  const anna = await addPerson(services, 'Anna', own);
  const ben = await addPerson(services, 'Ben', own);
  const stranger = await addPerson(services, 'Stefan', other);
  const projectId = uuidv7();
  await db.insert(projects).values({
    id: projectId,
    revision: 1,
    accountId: own,
    name: 'Search',
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    state: 'ACTIVE',
    pmId: pm.personId,
    signedOn: '2026-03-01',
    targetOn: '2026-05-01',
    activatedAt: at,
    ...zone,
    ...times,
  });
  await db.insert(projectPositions).values({ projectId, position: 0, sharedPosition: 0 });
  const phaseId = uuidv7();
  await db.insert(phases).values({ id: phaseId, projectId, index: 0, name: 'Start', milestone: 'Started' });
  const noteId = await addTaskWithNote(services, projectId, phaseId, 'SHARED');
  const [row] = await db.select().from(notes).where(eq(notes.id, noteId));
  const note = { id: noteId, room: `/notes/${noteId}.1`, taskId: row!.taskId, projectId };
  return { pm, anna, ben, stranger, phaseId, accountId: own, note };
}

/** Somebody who is signed in: of an account, or a PM. */
export async function addPerson(services: Services, name: string, accountId: string | null): Promise<SignedIn> {
  const at = services.clock.now();
  const personId = uuidv7();
  await services.db.insert(people).values({
    id: personId,
    email: `${name.toLowerCase()}.${personId}@example.org`,
    name,
    role: accountId === null ? 'PM' : 'CLIENT_MEMBER',
    accountId,
    isSample: false,
    timeZone: 'Europe/Berlin',
    createdAt: at,
    updatedAt: at,
  });
  const browser = { userAgent: 'test', oldToken: null };
  const { value } = await transaction(services, (tx) => startSession(tx, services, personId, browser));
  return { personId, name, cookie: `slipway_session=${value}` };
}

/** Another task with a note in the project. Answers the note's id. */
export async function addTaskWithNote(
  services: Pick<Services, 'db' | 'clock'>,
  projectId: string,
  phaseId: string,
  visibility: Audience,
): Promise<string> {
  const at = services.clock.now();
  const taskId = uuidv7();
  await services.db.insert(tasks).values({
    id: taskId,
    revision: 1,
    projectId,
    phaseId,
    index: 0,
    key: taskId,
    title: 'Upload your product feed',
    purpose: 'so that we can build your search index',
    documentation: '',
    minutes: 10,
    type: 'FILE',
    side: 'CLIENT',
    visibility,
    state: 'READY',
    stateSince: at,
    isReviewWanted: true,
    acceptedExtensions: ['.csv'],
    createdAt: at,
    updatedAt: at,
  });
  const noteId = uuidv7();
  const note = { id: noteId, projectId, taskId, audience: visibility, epoch: 1, createdAt: at };
  await services.db.insert(notes).values(note);
  return noteId;
}
