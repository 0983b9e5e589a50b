import type { TFunction } from 'i18next';
import { describe, expect, test } from 'vitest';
import { partsOf, quietKinds, sentenceOfEvent, toldOf } from '../../client/features/activity/sentences.ts';
import { activity } from '../../client/words/en/activity.ts';
import { audit } from '../../client/words/en/audit.ts';
import { code } from '../support/source.ts';
import { t } from '../support/words.ts';

const source = code('server').find(({ path }) => path === 'server/events.ts')?.text ?? '';
const kindsOn = (place: string) =>
  [...source.matchAll(new RegExp(`'(\\w+\\.\\w+)': ${place}\\b`, 'g'))].map((hit) => hit[1]!);

type Words = Record<string, Record<string, unknown>>;
const without = (words: Words, kinds: readonly string[]) =>
  kinds.filter((kind) => {
    const [noun = '', verb = ''] = kind.split('.');
    return typeof words[noun]?.[verb] !== 'string';
  });
const told = (kinds: readonly string[]) => kinds.filter((kind) => !quietKinds.has(kind));

test('every kind of event is found', () => {
  const all = (source.match(/^ {2}'\w+\.\w+':/gm) ?? []).length;
  expect(kindsOn('OnTask').length + kindsOn('OnProject').length + kindsOn('OnCompany').length).toBe(all);
  expect(all).toBeGreaterThan(80);
});

test('whatever happens to a task has a sentence on the task and one on its project', () => {
  expect(without(activity.inTask, told(kindsOn('OnTask')))).toEqual([]);
  expect(without(activity.inProject, told(kindsOn('OnTask')))).toEqual([]);
});

test('whatever happens to a project has a sentence on it', () => {
  expect(without(activity.inProject, told(kindsOn('OnProject')))).toEqual([]);
});

test('the list of everything has a sentence for every kind, the quiet ones too', () => {
  expect(without(audit.kind, kindsOn('OnCompany'))).toEqual([]);
  const others = [...kindsOn('OnProject'), ...kindsOn('OnTask')];
  expect(without(audit.kind, without(activity.inProject, others))).toEqual([]);
});

describe('a version that was handed in', () => {
  const facts = {
    version: 2,
    repairs: null,
    repairOf: null,
    dueOn: null,
    promisedOn: null,
    isForLead: false,
    standing: null,
    assignee: null,
  };
  const say = (made: object) =>
    sentenceOfEvent(
      t as TFunction,
      { kind: 'submission.finished', at: '2026-11-22T10:00:00Z', facts: { ...facts, ...made } },
      'inTask',
      { actor: 'Eva', task: '', unknown: '?' },
    );

  test.each([
    [{}, 'Eva handed in version 2'],
    [{ repairs: 318, repairOf: 1 }, 'Eva repaired version 1, which made version 2'],
    [{ repairs: 1 }, 'Eva handed in version 2, with one value repaired before it was sent'],
    [{ repairs: 1318 }, 'Eva handed in version 2, with 1,318 values repaired before it was sent'],
  ])('with %j is told as what it is', (made, sentence) => {
    expect(say(made)).toBe(sentence);
  });
});

describe('tasks that were added one after the other', () => {
  const facts = {
    version: null,
    repairs: null,
    repairOf: null,
    dueOn: null,
    promisedOn: null,
    isForLead: false,
    standing: null,
  };
  const added = Array.from({ length: 18 }, (_, at) => ({
    position: at + 8,
    kind: 'task.created',
    at: '2026-11-22T10:00:00Z',
    taskId: `task ${at}`,
    actor: { id: 'eva', name: 'Eva', isStaff: true },
    facts: { ...facts, reason: null, assignee: null },
  }));
  const say = (hasEarlier: boolean) =>
    toldOf(added, hasEarlier).map((one) => partsOf(t as TFunction, one, 'inProject', '').before);

  test('are counted where all of them are at hand', () => {
    expect(say(false)).toEqual(['Eva added 18 tasks']);
  });

  test('are not counted where what is at hand ends among them', () => {
    expect(say(true)).toEqual(['Eva added tasks']);
  });
});
