import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, formDrafts, submissions } from '../../drizzle/schema/index.ts';
import { inputSource } from '../../server/inputs.ts';
import { type AnswerGiven, completeAnswers, parseAnswers } from '../../server/submissions/forms/answers.ts';
import { aForm } from '../support/taskWithInputs.ts';
import { type InputsWorld, key, revisionOf, startInputsWorld, taskText } from './inputsWorld.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());

const draftText = `mutation ($id: ID!, $input: FormDraftSaveInput!) {
  formDraftSave(id: $id, input: $input) { draft { savedBy { name } answers { question text number isYes } } userErrors { code field } }
}`;
const submitText = `mutation ($input: FormSubmitInput!) {
  formSubmit(input: $input) { submission { id version answers { question text isYes } } task { state } userErrors { code field message } position }
}`;

const whole: AnswerGiven[] = [
  { question: 'currency', text: ' EUR ' },
  { question: 'products', number: 12_000 },
  { question: 'languages', options: ['fr', 'en'] },
  { question: 'hasVariants', isYes: true },
  { question: 'grouping', options: ['one'] },
];

describe('the answers of a form', () => {
  const spec = inputSource.parse({ isRequired: true, ...aForm }).spec;
  const questions = spec.kind === 'FORM' ? spec.questions : [];
  const complete = (given: AnswerGiven[]) => completeAnswers(questions, parseAnswers(questions, given));
  const but = (question: string, change: Partial<AnswerGiven>) =>
    whole.map((answer) => (answer.question === question ? { question, ...change } : answer));

  test('are kept in the order of the questions, trimmed, options in the order of the form', () => {
    expect(complete([...whole].reverse())).toEqual([
      { question: 'currency', kind: 'TEXT', text: 'EUR' },
      { question: 'products', kind: 'NUMBER', number: 12_000 },
      { question: 'languages', kind: 'CHOICES', options: ['en', 'fr'] },
      { question: 'hasVariants', kind: 'YES_NO', isYes: true },
      { question: 'grouping', kind: 'CHOICE', options: ['one'] },
    ]);
  });

  test('to a question that is not asked are dropped', () => {
    const asked = complete(but('hasVariants', { isYes: false })).map((answer) => answer.question);
    expect(asked).not.toContain('grouping');
  });

  test.each<[string, AnswerGiven[], object]>([
    ['a missing one', whole.slice(1), { code: 'ANSWER_MISSING', field: 'answers.currency' }],
    ['an empty text', but('currency', { text: '  ' }), { code: 'ANSWER_MISSING', field: 'answers.currency' }],
    ['a missing one that is asked', whole.slice(0, 4), { code: 'ANSWER_MISSING', field: 'answers.grouping' }],
    ['one below the bounds', but('products', { number: 0 }), { code: 'OUT_OF_BOUNDS', field: 'answers.products' }],
    ['one above the bounds', but('products', { number: 9e9 }), { code: 'OUT_OF_BOUNDS', field: 'answers.products' }],
    ['an unknown option', but('grouping', { options: ['x'] }), { code: 'ANSWER_INVALID', field: 'answers.grouping' }],
    ['two of one choice', but('grouping', { options: ['one', 'each'] }), { code: 'ANSWER_INVALID' }],
    ['one option twice', but('languages', { options: ['en', 'en'] }), { code: 'ANSWER_INVALID' }],
    ['two lines in one', but('currency', { text: 'a\nb' }), { code: 'ANSWER_INVALID', field: 'answers.currency' }],
    ['too long a text', but('currency', { text: 'x'.repeat(501) }), { code: 'TOO_LONG', field: 'answers.currency' }],
    ['another kind', but('currency', { number: 3 }), { extensions: { code: 'BAD_USER_INPUT' } }],
    ['two kinds at once', but('currency', { text: 'EUR', isYes: true }), { extensions: { code: 'BAD_USER_INPUT' } }],
    ['one question twice', [...whole, whole[0]!], { extensions: { code: 'BAD_USER_INPUT' } }],
  ])('%s is refused', (_, given, error) => {
    expect(() => complete(given)).toThrow(expect.objectContaining(error) as Error);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'unknown'])(
    '[I5] a question called %s does not exist, and nothing is polluted',
    (question) => {
      expect(() => complete([...whole, { question, text: 'x' }])).toThrow(
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }) as Error,
      );
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

test('a form is handed in as a version, its draft is gone, and a repeat of the same key makes no second one', async () => {
  const task = await w.task({}, aForm);
  const [input] = task.inputs;
  await w.member.ask(draftText, { id: input!.id, input: { answers: whole } });
  const variables = {
    input: { inputId: input!.id, idempotencyKey: key(), revision: await revisionOf(w.member, task.id), answers: whole },
  };
  const { formSubmit } = await w.member.ask(submitText, variables);
  expect(formSubmit).toMatchObject({ submission: { version: 1 }, task: { state: 'IN_REVIEW' }, userErrors: [] });
  expect(formSubmit.position).toBeGreaterThan(0);
  expect((await w.member.ask(submitText, variables)).formSubmit).toMatchObject({
    submission: { id: formSubmit.submission.id },
    position: null,
  });
  const { db } = w.app.services;
  expect(await db.select().from(submissions).where(eq(submissions.taskId, task.id))).toHaveLength(1);
  expect(await db.select().from(formDrafts).where(eq(formDrafts.inputId, input!.id))).toEqual([]);
  const seen = (await w.pm.ask(taskText, { id: task.id })).task.inputs[0].submissions.nodes[0].answers;
  expect(seen.map((answer: { label: string }) => answer.label)).toContain('Which currency do you sell in?');
  expect(seen[2].options).toEqual([
    { key: 'en', label: 'English' },
    { key: 'fr', label: 'French' },
  ]);
});

test('what is wrong with an answer names its question, and nothing is written', async () => {
  const task = await w.task({}, aForm);
  const revision = await revisionOf(w.member, task.id);
  const answers = whole.map((one) => (one.question === 'products' ? { question: 'products', number: 0 } : one));
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, answers };
  const { formSubmit } = await w.member.ask(submitText, { input });
  expect(formSubmit).toMatchObject({
    submission: null,
    task: { state: 'READY' },
    userErrors: [{ code: 'OUT_OF_BOUNDS', field: 'answers.products' }],
  });
  expect(
    (await w.member.ask(submitText, { input: { ...input, answers: whole, idempotencyKey: key(), revision: 99 } }))
      .formSubmit,
  ).toMatchObject({
    userErrors: [{ code: 'CONFLICT', field: 'revision' }],
  });
  expect(await w.app.services.db.select().from(submissions).where(eq(submissions.taskId, task.id))).toEqual([]);
});

test('two people in one form see each other type; of two answers to one question the last one counts', async () => {
  const task = await w.task({}, aForm);
  const id = task.inputs[0]!.id;
  const stream =
    'subscription ($id: ID!) { formDraftChanges(inputId: $id) { savedBy { name } answers { question text number } } }';
  const seen = w.partner.subscribe<{ formDraftChanges: { answers: { question: string; text: string | null }[] } }>(
    stream,
    { id },
  );
  expect((await seen.next()).formDraftChanges.answers).toEqual([]);

  await w.member.ask(draftText, { id, input: { answers: [{ question: 'currency', text: 'E' }] } });
  expect((await seen.next()).formDraftChanges).toMatchObject({
    savedBy: { name: 'Of CLIENT_MEMBER' },
    answers: [{ question: 'currency', text: 'E' }],
  });
  await w.lead.ask(draftText, { id, input: { answers: [{ question: 'products', number: 5 }] } });
  expect((await seen.next()).formDraftChanges.answers).toHaveLength(2);
  const { formDraftSave } = await w.lead.ask(draftText, {
    id,
    input: { answers: [{ question: 'currency', text: 'USD' }] },
  });
  expect(formDraftSave.draft.answers[0]).toMatchObject({ question: 'currency', text: 'USD' });
  await w.lead.ask(draftText, { id, input: { answers: [{ question: 'products' }] } });
  const { draft } = (await w.member.ask(taskText, { id: task.id })).task.inputs[0];
  expect(draft.answers.map((answer: { question: string }) => answer.question)).toEqual(['currency']);
  expect(draft.savedBy).toEqual({ name: 'Of CLIENT_LEAD' });
  expect(await w.app.services.db.select().from(events).where(eq(events.taskId, task.id))).toHaveLength(1);
});

test('a draft is for those who may hand the form in, and for nobody else', async () => {
  const task = await w.task({}, aForm);
  const internal = await w.task({ visibility: 'INTERNAL' }, aForm);
  const id = task.inputs[0]!.id;
  const canary = 'canary-heron-44';
  await w.member.ask(draftText, { id, input: { answers: [{ question: 'currency', text: canary }] } });
  for (const session of [w.sponsor, w.viewer, w.director]) {
    expect((await session.ask(taskText, { id: task.id })).task.inputs[0].draft).toBeNull();
    const refused = await session.gql(draftText, { id, input: { answers: [] } });
    expect(refused.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const stream = session.subscribe('subscription ($id: ID!) { formDraftChanges(inputId: $id) { savedAt } }', { id });
    await expect(stream.next()).rejects.toThrow(/NOT_FOUND|nothing here/);
    expect(session.bytesSeen()).not.toContain(canary);
  }
  for (const [session, inputId] of [
    [w.stranger, id],
    [w.lead, internal.inputs[0]!.id],
    [w.lead, 'no-id'],
  ] as const) {
    const refused = await session.gql(draftText, { id: inputId, input: { answers: [] } });
    expect(refused.errors[0]?.extensions?.code).toBe('NOT_FOUND');
  }
  expect(w.stranger.bytesSeen()).not.toContain(canary);
});
