import { expect, test } from 'vitest';
import { spansOf } from '../../server/plan/spans/spans.ts';

const tasks = [
  { id: 'a', phaseId: 'data', state: 'DONE' },
  { id: 'b', phaseId: 'data', state: 'READY' },
  { id: 'c', phaseId: 'kickoff', state: 'WAIVED' },
  { id: 'd', phaseId: 'live', state: 'NOT_READY' },
  { id: 'e', phaseId: 'data', state: 'CANCELLED' },
];
// What was given up is in no plan.
const planned = [
  { id: 'a', startOn: '2026-03-04', finishOn: '2026-03-05' },
  { id: 'b', startOn: '2026-03-03', finishOn: '2026-03-20' },
  { id: 'c', startOn: '2026-03-02', finishOn: '2026-03-02' },
  { id: 'd', startOn: '2026-03-23', finishOn: '2026-03-30' },
];

test('a phase spans its tasks, and phases come by when they begin', () => {
  expect(spansOf(tasks, planned, false)).toEqual([
    { phaseId: 'kickoff', startOn: '2026-03-02', finishOn: '2026-03-02' },
    { phaseId: 'data', startOn: '2026-03-03', finishOn: '2026-03-20' },
    { phaseId: 'live', startOn: '2026-03-23', finishOn: '2026-03-30' },
  ]);
});

test('of a project that has ended only what was done counts', () => {
  expect(spansOf(tasks, planned, true)).toEqual([
    { phaseId: 'kickoff', startOn: '2026-03-02', finishOn: '2026-03-02' },
    { phaseId: 'data', startOn: '2026-03-04', finishOn: '2026-03-05' },
  ]);
});

test('where tasks wait for each other in a circle nothing is planned, and no phase has days', () => {
  expect(spansOf(tasks, [], false)).toEqual([]);
});
