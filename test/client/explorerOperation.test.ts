import { expect, test } from 'vitest';
import { examplesFor } from '../../client/screens/explorer/examples.ts';
import { operationOf } from '../../client/screens/explorer/operation.ts';

const changes = 'subscription Changes { changes { __typename } }';
const two = `query One { projects { totalCount } } ${changes}`;

test.each([
  ['the one that is named', two, 'Changes', { name: 'Changes', kind: 'subscription' }],
  ['the only one, under the name of the tab before', changes, 'Projects', { name: 'Changes', kind: 'subscription' }],
  ['the only one, when none is named', changes, null, { name: 'Changes', kind: 'subscription' }],
  ['one without a name', '{ projects { totalCount } }', 'Projects', { name: null, kind: 'query' }],
  ['none of several, when none of them is named', two, 'Projects', { name: null, kind: null }],
  ['a text that cannot be read, as it is', 'query {', 'Projects', { name: 'Projects', kind: null }],
  [
    'no word in a comment or a text',
    `# subscription\n{ node(id: """\nsubscription\n""") { id } }`,
    null,
    { name: null, kind: 'query' },
  ],
] as const)('the explorer runs %s', (_, query, told, operation) => {
  expect(operationOf(query, told)).toEqual(operation);
});

test('no tab that stands there at first writes anything when it is run as it is', () => {
  const titles = { projects: 'Projects', comment: 'Comment', changes: 'Changes' };
  const tabs = examplesFor({ id: 'p', position: 9, taskId: 't' }, titles);
  const writing = tabs.filter(({ query }) => query.includes('mutation'));
  expect(writing).toHaveLength(1);
  expect(JSON.parse(writing[0]!.variables).input).toMatchObject({ taskId: 't', text: '' });
});
