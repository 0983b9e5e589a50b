import { eq } from 'drizzle-orm';
import { tasks } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import { enterNote } from '../support/noteClient.ts';
import type { Session } from '../support/session.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';

/** Where a thing stands: of the first account, of another one, on an internal task, or in a project that is a draft. */
export type Place = 'own' | 'foreign' | 'internal' | 'draft';

/** A word that is said in one place only. One word of letters, so that a search for it finds it. */
export const canaryOf = (place: string, thing: string) => `kanari${place}${thing}q`.toLowerCase();

/** A task of a project with one of everything that can hang on a task, by its noun. */
export type Furnished = {
  ids: Record<
    | 'project'
    | 'phase'
    | 'task'
    | 'otherTask'
    | 'comment'
    | 'reply'
    | 'input'
    | 'submission'
    | 'meeting'
    | 'note'
    | 'file',
    string
  >;
  /** The inputs by their kind. */
  inputs: Record<'FORM' | 'CREDENTIALS' | 'MEETING' | 'FILE' | 'URL' | 'APPROVAL', string>;
  /** Every word that was said here, by what it was said in. */
  canaries: Record<string, string>;
};

/** What a mutation answers, whole; throws when it was refused. */
export async function done<T>(
  session: Session,
  name: string,
  input: string,
  variables: object,
  ask: string,
): Promise<T> {
  const hasId = 'id' in variables;
  const args = hasId ? `$id: ID!, $input: ${input}!` : `$input: ${input}!`;
  const text = `mutation (${args}) { ${name}(${hasId ? 'id: $id, ' : ''}input: $input) { ${ask} userErrors { code field message } } }`;
  const answer = (await session.ask(text, variables as Record<string, unknown>))[name];
  if (answer.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer.userErrors)}`);
  return answer as T;
}

const key = () => crypto.randomUUID();

/** Puts a task on a project's road and has staff say, hand in and arrange everything there is, by the real commands. */
export async function furnish(app: TestApp, pm: Session, projectId: string, place: Place): Promise<Furnished> {
  const canaries: Record<string, string> = {};
  const say = (thing: string) => {
    canaries[thing] = canaryOf(place, thing);
    return canaries[thing];
  };
  const visibility = place === 'internal' ? 'INTERNAL' : 'SHARED';
  const kinds = ['FORM', 'CREDENTIALS', 'MEETING', 'FILE', 'URL', 'APPROVAL'] as const;
  const task = await taskWithInputs(
    app.services,
    projectId,
    { visibility, title: say('title'), purpose: say('purpose'), documentation: say('documentation') },
    [
      { key: 'form', label: say('formLabel'), spec: { kind: 'FORM', questions: [question('first', say('question'))] } },
      { key: 'secrets', label: say('secretLabel'), spec: { kind: 'CREDENTIALS', fields: [field('password')] } },
      { key: 'call', label: say('callLabel'), spec: { kind: 'MEETING', minutes: 30 } },
      { key: 'file', label: say('fileLabel'), spec: { kind: 'FILE', acceptedExtensions: ['.csv'] } },
      { key: 'address', label: say('urlLabel'), spec: { kind: 'URL' } },
      { key: 'word', label: say('approvalLabel'), spec: { kind: 'APPROVAL', statement: say('statement') } },
    ],
  );
  const other = await taskWithInputs(app.services, projectId, { visibility, title: say('otherTitle') }, []);
  const inputs = Object.fromEntries(kinds.map((kind, index) => [kind, task.inputs[index]!.id])) as Furnished['inputs'];
  const revision = async () => {
    const [row] = await app.services.db.select().from(tasks).where(eq(tasks.id, task.id));
    return row!.revision;
  };
  const create = (input: object) =>
    done<{ submission: { id: string; uploadUrl: string | null } }>(
      pm,
      'submissionCreate',
      'SubmissionCreateInput',
      { input: { taskId: task.id, idempotencyKey: key(), ...input } },
      'submission { id uploadUrl }',
    );
  const finish = async (id: string) =>
    done(pm, 'submissionFinish', 'SubmissionFinishInput', { id, input: { revision: await revision() } }, 'position');

  await done(
    pm,
    'formDraftSave',
    'FormDraftSaveInput',
    { id: inputs.FORM, input: { answers: [{ question: 'first', text: say('draftAnswer') }] } },
    'position',
  );
  const url = await create({ inputId: inputs.URL, url: `https://${say('url')}.example/` });
  await finish(url.submission.id);
  const file = await create({ inputId: inputs.FILE, file: { name: `${say('fileName')}.csv`, sizeBytes: 30 } });
  await upload(pm, file.submission.uploadUrl ?? '', `${say('fileBytes')},`.padEnd(30, 'x'));
  await finish(file.submission.id);
  const secret = [{ field: 'password', value: say('secret') }];
  const sealed = { inputId: inputs.CREDENTIALS, idempotencyKey: key(), revision: await revision(), values: secret };
  await done(pm, 'credentialsSubmit', 'CredentialsSubmitInput', { input: sealed }, 'position');
  const times = [24, 48].map((hours) => new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString());
  const { meeting } = await done<{ meeting: { id: string } }>(
    pm,
    'meetingPropose',
    'MeetingProposeInput',
    { input: { inputId: inputs.MEETING, idempotencyKey: key(), times } },
    'meeting { id }',
  );

  const add = async (text: string, more: object = {}) => {
    const input = { taskId: task.id, text, audience: visibility, idempotencyKey: key(), ...more };
    const answer = await done<{ comment: { id: string } }>(
      pm,
      'commentAdd',
      'CommentAddInput',
      { input },
      'comment { id }',
    );
    return answer.comment.id;
  };
  const attached = await done<{ file: { id: string }; uploadUrl: string }>(
    pm,
    'commentFileCreate',
    'CommentFileCreateInput',
    {
      input: { taskId: task.id, idempotencyKey: key(), file: { name: `${say('attachmentName')}.txt`, sizeBytes: 40 } },
    },
    'file { id } uploadUrl',
  );
  await upload(pm, attached.uploadUrl, say('attachmentBytes').padEnd(40, 'x'));
  const comment = await add(say('comment'), { fileIds: [attached.file.id] });
  const reply = await add(say('reply'), { parentId: comment });
  await done(
    pm,
    'commentReact',
    'CommentReactInput',
    { id: comment, input: { reaction: 'AGREE', isOn: true } },
    'position',
  );
  const stuck = { revision: await revision(), side: 'CLIENT', reason: say('reason') };
  await done(pm, 'taskFlagStuck', 'TaskFlagStuckInput', { id: task.id, input: stuck }, 'position');
  await write(app, pm, task.id, say('note'));

  const { task: seen } = await pm.ask('query ($id: ID!) { task(id: $id) { note { id } } }', { id: task.id });
  return {
    ids: {
      project: projectId,
      phase: task.phaseId,
      task: task.id,
      otherTask: other.id,
      comment,
      reply,
      input: inputs.URL,
      submission: url.submission.id,
      meeting: meeting.id,
      note: seen.note.id,
      file: attached.file.id,
    },
    inputs,
    canaries,
  };
}

const question = (name: string, label: string) => ({ key: name, label, kind: 'TEXT' });
const field = (name: string) => ({ key: name, label: 'Password', isSecret: true });

async function upload(session: Session, address: string, body: string): Promise<void> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'x-slipway-csrf': '1',
  };
  const { status } = await session.fetch(address, { method: 'PATCH', headers, body });
  if (status !== 204) throw new Error(`The upload was answered with ${status}.`);
}

async function write(app: TestApp, session: Session, taskId: string, text: string): Promise<void> {
  const { task } = await session.ask('query ($id: ID!) { task(id: $id) { note { room } } }', { id: taskId });
  const peer = enterNote({ url: app.url, cookie: session.cookie, room: task.note.room });
  await peer.synced();
  peer.addParagraph(text);
  await peer.saved();
  peer.close();
}
