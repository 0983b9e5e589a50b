import { randomBytes } from 'node:crypto';
import { and, asc, eq, max } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { notes, phases, projects, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { type InputSource, inputSource } from '../../server/inputs.ts';
import { type Db, transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import type { Services } from '../../server/platform/services.ts';

type TaskRow = typeof tasks.$inferSelect;
type InputRow = typeof taskInputs.$inferSelect;

/** What a task of one file or one address asks for when nothing else is said. */
export function inputsOfType(task: Pick<TaskRow, 'type' | 'title' | 'acceptedExtensions'>): InputSource[] {
  const only = { label: task.title, isRequired: true };
  if (task.type === 'URL') return [{ ...only, key: 'url', spec: { kind: 'URL' } }];
  if (task.type !== 'FILE') return [];
  return [{ ...only, key: 'file', spec: { kind: 'FILE', acceptedExtensions: task.acceptedExtensions } }];
}

/** The rows of what a task asks for, in order. */
export async function insertInputs(db: Db, taskId: string, inputs: readonly InputSource[]): Promise<InputRow[]> {
  const rows = inputs.map(({ key, label, isRequired, spec }, index) => {
    return { id: uuidv7(), taskId, index, key, label, isRequired, kind: spec.kind, spec, isRedoWanted: false };
  });
  if (rows.length > 0) await db.insert(taskInputs).values(rows);
  return rows;
}

/** Inputs as a playbook would write them: defaults filled in, and refused when a playbook would be. */
export function inputs(...sources: unknown[]): InputSource[] {
  return sources.map((source) => inputSource.parse(source));
}

export const aForm = {
  key: 'shop',
  label: 'About your shop',
  spec: {
    kind: 'FORM',
    questions: [
      { key: 'currency', label: 'Which currency do you sell in?', kind: 'TEXT', help: 'Three letters, such as EUR.' },
      { key: 'products', label: 'How many products do you have?', kind: 'NUMBER', min: 1, max: 5_000_000 },
      {
        key: 'languages',
        label: 'Which languages is your shop in?',
        kind: 'CHOICES',
        options: [
          { key: 'en', label: 'English' },
          { key: 'fr', label: 'French' },
          { key: 'de', label: 'German' },
        ],
      },
      { key: 'hasVariants', label: 'Do your products come in variants?', kind: 'YES_NO' },
      {
        key: 'grouping',
        label: 'How should variants be shown?',
        kind: 'CHOICE',
        options: [
          { key: 'one', label: 'One result per product' },
          { key: 'each', label: 'One result per variant' },
        ],
        when: { question: 'hasVariants', is: 'yes' },
      },
      { key: 'freezeFrom', label: 'From when on is your shop frozen?', kind: 'DATE', isRequired: false },
      { key: 'remarks', label: 'Anything else?', kind: 'LONG_TEXT', isRequired: false },
    ],
  },
};
export const someCredentials = {
  key: 'ftp',
  label: 'Access to your feed server',
  spec: {
    kind: 'CREDENTIALS',
    fields: [
      { key: 'user', label: 'User name', isSecret: false },
      { key: 'password', label: 'Password', isSecret: true },
    ],
  },
};
/** Tried by one call to the shop, which the test plays. */
export const triedAccess = {
  key: 'access',
  label: 'Access to the test shop',
  spec: {
    kind: 'CREDENTIALS',
    fields: [
      { key: 'address', label: 'Address of the shop', isSecret: false },
      { key: 'token', label: 'Access token', isSecret: true },
    ],
    test: { platform: 'MAGENTO' },
  },
};
export const aMeeting = { key: 'kickoff', label: 'Kick-off call', spec: { kind: 'MEETING', minutes: 45 } };
export const aFile = { key: 'logo', label: 'Your logo', spec: { kind: 'FILE', acceptedExtensions: ['.svg', '.png'] } };
export const anAddress = { key: 'preview', label: 'Address of your preview theme', spec: { kind: 'URL' } };
export const anApproval = (ofTask: string | null = null) => {
  return {
    key: 'approval',
    label: 'Go-live approval',
    spec: { kind: 'APPROVAL', statement: 'We agree to go live with this.', ofTask },
  };
};

/** A new task on a project's road, with its inputs, its note and its event, as if a playbook had brought it. */
export async function taskWithInputs(
  services: Services,
  projectId: string,
  values: Partial<TaskRow>,
  sources: readonly unknown[],
): Promise<TaskRow & { inputs: InputRow[] }> {
  const { db, clock } = services;
  const now = clock.now();
  const [phase] = await db.select().from(phases).where(eq(phases.projectId, projectId)).orderBy(asc(phases.index));
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (!phase || !project) throw new Error('No such project.');
  const [last] = await db
    .select({ index: max(tasks.index) })
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId)));
  const parsed = inputs(...sources);
  const row: TaskRow = {
    id: uuidv7(),
    revision: 1,
    projectId,
    phaseId: phase.id,
    index: (last?.index ?? 0) + 1,
    key: `t${randomBytes(6).toString('hex')}`,
    title: parsed[0]?.label ?? 'Work',
    purpose: 'so that we can set it up for you',
    documentation: 'Tell us what we need to know.',
    minutes: 20,
    type: parsed[0]?.spec.kind ?? 'WORK',
    side: 'CLIENT',
    visibility: 'SHARED',
    state: 'READY',
    stateSince: now,
    reviewerRole: null,
    isReviewWanted: true,
    acceptedExtensions: [],
    assigneeId: null,
    isForLead: false,
    isGate: false,
    startsOn: null,
    stuckSide: null,
    stuckBy: null,
    stuckSince: null,
    dueOn: null,
    durationDays: 1,
    pinEdge: null,
    pinOn: null,
    startedAt: null,
    baselineOn: null,
    createdAt: now,
    updatedAt: now,
    ...values,
  };
  await transaction(services, async (tx) => {
    await tx.insert(tasks).values(row);
    const note = { id: uuidv7(), projectId, taskId: row.id, audience: row.visibility, epoch: 1, createdAt: now };
    await tx.insert(notes).values(note);
    append(tx, {
      kind: 'task.created',
      audience: row.visibility,
      actorId: null,
      subjectId: row.id,
      projectId,
      taskId: row.id,
      facts: { phaseId: phase.id },
    });
  });
  return { ...row, inputs: await insertInputs(db, row.id, parsed) };
}
