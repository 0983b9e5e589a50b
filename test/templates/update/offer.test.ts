import { describe, expect, it } from 'vitest';
import type { TaskTemplate } from '../../../server/templates/document.ts';
import type { MergedRoad } from '../../../server/templates/merge.ts';
import { type TaskNow, type UpdateItem, updateItems } from '../../../server/templates/update/offer.ts';

const dueOn = (days: number) => `day ${days}`;

function task(key: string, change: Partial<TaskTemplate> = {}): TaskTemplate {
  return {
    key,
    title: `Do ${key}`,
    purpose: 'so that it is done',
    minutes: 30,
    type: 'WORK',
    side: 'CLIENT',
    visibility: 'SHARED',
    isGate: false,
    assignee: null,
    isReviewWanted: false,
    inputs: [],
    after: [],
    dueInBusinessDays: 5,
    documentation: 'How to do it.',
    ...change,
  };
}
const road = (...tasks: TaskTemplate[]): MergedRoad => ({
  targetInBusinessDays: 20,
  phases: [
    {
      key: 'start',
      name: 'Start',
      milestone: 'Begun',
      tasks: tasks.map(({ when, ...one }) => ({ ...one, conditions: when ? [when] : [] })),
    },
  ],
});
/** A task of the project as the template drew it, then changed. */
function here(from: TaskTemplate, change: Partial<TaskNow> = {}): TaskNow {
  const { key, title, purpose, documentation, minutes, side, isGate, isReviewWanted, inputs, after } = from;
  const reviewerRole = from.reviewer ?? null;
  const drawn = {
    key,
    title,
    purpose,
    documentation,
    minutes,
    side,
    isGate,
    isReviewWanted,
    reviewerRole,
    inputs,
    after,
  };
  const state = { id: `id of ${key}`, dueOn: dueOn(from.dueInBusinessDays), isOver: false, hasDelivery: false };
  return { ...drawn, ...state, ...change };
}

const file = { key: 'file', label: 'File', isRequired: true, spec: { kind: 'URL' as const } };
const [a, b] = [task('a'), task('b', { after: ['a'] })];

type Told = Partial<Omit<UpdateItem, 'edits'>> & { fields?: string[] };
type Case = [what: string, before: TaskTemplate[], after: TaskTemplate[], now: TaskNow[], told: Told[]];

const cases: Case[] = [
  ['nothing differs', [a, b], [a, b], [here(a), here(b)], []],
  ['only the project differs', [a], [a], [here(a, { title: 'Ours', minutes: 5 })], []],
  ['a task is new', [a], [a, b], [here(a)], [{ id: 'b:ADDED', phase: 'Start', keptBecause: null, taskId: null }]],
  [
    'a task is new, and the project has it already',
    [a],
    [a, b],
    [here(a), here(b)],
    [{ id: 'b:ADDED', keptBecause: 'THERE_ALREADY' }],
  ],
  ['a task is gone', [a, b], [a], [here(a), here(b)], [{ id: 'b:REMOVED', keptBecause: null, isEditedHere: false }]],
  ['a task is gone that is done', [a, b], [a], [here(a), here(b, { isOver: true })], [{ keptBecause: 'OVER' }]],
  [
    'a task is gone that something was handed in for',
    [a, b],
    [a],
    [here(a), here(b, { hasDelivery: true })],
    [{ keptBecause: 'HANDED_IN' }],
  ],
  [
    'a task is gone that somebody rewrote',
    [a, b],
    [a],
    [here(a), here(b, { title: 'Ours' })],
    [{ id: 'b:REMOVED', isEditedHere: true }],
  ],
  ['a task is gone that the project does not have', [a, b], [a], [here(a)], []],
  ['a task changed that the project does not have', [a], [task('a', { title: 'New' })], [], []],
  [
    'words changed',
    [a],
    [task('a', { title: 'New', documentation: 'Otherwise.' })],
    [here(a)],
    [{ id: 'a:WORDS', fields: ['title', 'documentation'], isEditedHere: false, keptBecause: null }],
  ],
  [
    'words changed that somebody rewrote here',
    [a],
    [task('a', { title: 'New' })],
    [here(a, { purpose: 'so that we win' })],
    [{ id: 'a:WORDS', isEditedHere: true, keptBecause: null }],
  ],
  [
    'words changed of a task that is done',
    [a],
    [task('a', { title: 'New' })],
    [here(a, { isOver: true })],
    [{ id: 'a:WORDS', keptBecause: 'OVER' }],
  ],
  [
    'inputs changed',
    [task('a', { type: 'URL', inputs: [file] })],
    [task('a', { type: 'URL', inputs: [{ ...file, label: 'Address' }] })],
    [here(task('a', { inputs: [{ spec: file.spec, isRequired: true, label: 'File', key: 'file' }] }))],
    [{ id: 'a:INPUTS', fields: ['inputs'], isEditedHere: false, keptBecause: null }],
  ],
  [
    'inputs changed where something was handed in',
    [task('a', { inputs: [file] })],
    [task('a', { inputs: [] })],
    [here(task('a', { inputs: [file] }), { hasDelivery: true })],
    [{ id: 'a:INPUTS', keptBecause: 'HANDED_IN' }],
  ],
  [
    'what it waits for changed, in another order or really',
    [a, b, task('c', { after: ['a', 'b'] }), task('d', { after: ['a'] })],
    [a, b, task('c', { after: ['b', 'a'] }), task('d', { after: ['b'] })],
    [here(a), here(b), here(task('c', { after: ['b', 'a'] })), here(task('d', { after: ['a', 'c'] }))],
    [{ id: 'd:DEPENDENCIES', fields: ['after'], isEditedHere: true }],
  ],
  [
    'settings changed, the due day among them',
    [a],
    [task('a', { isGate: true, dueInBusinessDays: 9 })],
    [here(a)],
    [{ id: 'a:SETTINGS', fields: ['isGate', 'dueOn'], isEditedHere: false }],
  ],
  [
    'the due day changed that somebody moved here',
    [a],
    [task('a', { dueInBusinessDays: 9 })],
    [here(a, { dueOn: 'another day' })],
    [{ id: 'a:SETTINGS', isEditedHere: true }],
  ],
  [
    'every part changed at once: an item each, and what is gone last',
    [task('a', { inputs: [file] }), b],
    [task('a', { title: 'New', minutes: 5, after: ['c'] }), task('c')],
    [here(task('a', { inputs: [file] })), here(b)],
    [
      { id: 'a:WORDS' },
      { id: 'a:INPUTS' },
      { id: 'a:DEPENDENCIES' },
      { id: 'a:SETTINGS' },
      { id: 'c:ADDED' },
      { id: 'b:REMOVED' },
    ],
  ],
];

describe('what a newer version offers', () => {
  it.each(cases)('%s', (_, before, after, now, told) => {
    const items = updateItems(road(...before), road(...after), now, dueOn);
    expect(items).toHaveLength(told.length);
    for (const [at, { fields, ...rest }] of told.entries()) {
      expect(items[at]).toMatchObject(rest);
      if (fields) expect(items[at]?.edits.map(({ field }) => field)).toEqual(fields);
    }
  });
});
