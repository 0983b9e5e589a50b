import type { InputSource } from '../inputs.ts';
import { words } from '../words/en.ts';
import type { TaskRow } from './queries.ts';

type FirstInput = Pick<InputSource, 'key' | 'label' | 'isRequired' | 'spec'> & { kind: InputSource['spec']['kind'] };

/** What people hand in most; a planner narrows it. */
const commonExtensions = ['.csv', '.json', '.pdf', '.png', '.tsv', '.txt', '.xlsx', '.xml', '.zip'];

/** What a task that is made by hand asks for, by its type, so that it can be done from the start. */
export function firstInputs({ type, title, minutes }: Pick<TaskRow, 'type' | 'title' | 'minutes'>): FirstInput[] {
  const spec = specOf();
  return spec === null
    ? []
    : [{ key: 'input', label: words.inputs[spec.kind](), isRequired: true, kind: spec.kind, spec }];

  function specOf(): InputSource['spec'] | null {
    switch (type) {
      case 'FILE':
        return { kind: 'FILE', acceptedExtensions: commonExtensions };
      case 'URL':
        return { kind: 'URL', everyMinutes: null };
      case 'FORM':
        return { kind: 'FORM', questions: [question(title)] };
      case 'CREDENTIALS':
        return {
          kind: 'CREDENTIALS',
          fields: [
            { key: 'user', label: words.inputs.user(), isSecret: false },
            { key: 'password', label: words.inputs.password(), isSecret: true },
          ],
        };
      case 'APPROVAL':
        return { kind: 'APPROVAL', statement: title, ofTask: null };
      case 'MEETING':
        return { kind: 'MEETING', minutes: Math.min(480, Math.max(5, minutes)) };
      case 'DNS':
      case 'CHECK':
      case 'WORK':
        return null;
    }
  }
}

function question(label: string) {
  const none = { help: '', options: [], min: null, max: null, when: null };
  return { ...none, key: 'answer', label, kind: 'LONG_TEXT' as const, isRequired: true };
}
