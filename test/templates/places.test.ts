import { describe, expect, test } from 'vitest';
import { placeOf } from '../../server/templates/places.ts';

const task = {
  title: '',
  inputs: [
    { label: 'Your shop', spec: { kind: 'FORM', questions: [{ label: 'Which currency?', options: [{ label: '' }] }] } },
    { label: ' ', spec: { kind: 'CHECK', check: { of: 'DNS', records: [{ type: 'CNAME', name: 'em', target: '' }] } } },
    {
      label: 'Stores',
      spec: { kind: 'FILE', check: { table: { fields: [{ name: 'sku', title: 'Article' }, { name: '' }] } } },
    },
  ],
};

describe('a place in a template is told as its author calls it', () => {
  test.each([
    ['title', 'title'],
    ['dueInBusinessDays', 'due day'],
    ['inputs.0.label', 'input “Your shop”, label'],
    ['inputs.0.spec.questions', 'input “Your shop”, questions'],
    ['inputs.0.spec.questions.0.label', 'input “Your shop”, question “Which currency?”, label'],
    ['inputs.0.spec.questions.0.options.0.label', 'input “Your shop”, question “Which currency?”, option 1, label'],
    ['inputs.1.spec.check.records.0.target', 'input 2, record “em”, where it leads to'],
    ['inputs.2.spec.check.table.fields.0.constraints.pattern', 'input “Stores”, column “Article”, pattern'],
    ['inputs.2.spec.check.table.fields.1.name', 'input “Stores”, column 2, name'],
    ['inputs.7.spec.whatNobodyKnows', 'input 8, what nobody knows'],
    ['', ''],
  ])('%s', (path, wanted) => {
    expect(placeOf(task, path === '' ? [] : path.split('.'))).toBe(wanted);
  });

  test('and of a document that is none', () => {
    for (const document of [null, undefined, 3, 'x', []])
      expect(placeOf(document, ['inputs', '0', 'label'])).toBe('inputs, label');
  });
});
