import { expect, test } from 'vitest';
import { quietKinds } from '../../client/features/activity/sentences.ts';
import { activity } from '../../client/words/en/activity.ts';
import { audit } from '../../client/words/en/audit.ts';
import { code } from '../support/source.ts';

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
