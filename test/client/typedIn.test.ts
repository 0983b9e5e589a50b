import { expect, test } from 'vitest';
import { typedIn } from '../../client/features/templates/typedIn.ts';

const input = {
  key: 'a',
  label: 'Feed',
  isRequired: true,
  acceptedExtensions: ['.csv'],
  check: { table: JSON.stringify({ fields: [{ name: 'id' }] }) },
};
const withTable = (fields: object[]) => [{ ...input, check: { table: JSON.stringify({ fields }) } }];

test.each([
  ['a text', [{ ...input, label: 'Feeds' }], '[0].label'],
  ['a text that was not there', [{ ...input, help: 'H' }], '[0].help'],
  ['a list of words', [{ ...input, acceptedExtensions: ['.csv', '.x'] }], '[0].acceptedExtensions'],
  ['the name of a column', withTable([{ name: 'ids' }]), '[0].check.table.fields[0].name'],
  ['a tick', [{ ...input, isRequired: false }], null],
  ['a column put in', withTable([{ name: 'id' }, { name: 'b' }]), null],
  ['a name that begins like a table', [{ ...input, label: '{' }], '[0].label'],
  ['a table put in', [{ ...input, help: '{"fields":[]}' }], null],
  ['other columns', withTable([{ name: 'x', type: 'date' }]), null],
  ['an input put in', [input, { ...input, key: 'b' }], null],
  ['an input taken away', [], null],
  ['nothing', [{ ...input }], null],
] as const)('of %s that changed it tells where it is typed, or that it is a step of its own', (_, after, path) => {
  expect(typedIn([input], after)).toBe(path);
});
