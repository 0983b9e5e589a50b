import { describe, expect, test } from 'vitest';
import { en } from '../client/words/en/index.ts';
import { code, type Source } from './support/source.ts';
import { catalogueKeys, jsxWordProblems, sentenceProblems, unknownKeyProblems } from './support/wordRules.ts';

const client = code('client').filter(({ path }) => !path.endsWith('.d.ts'));
const keys = catalogueKeys(en);
const tsx = (text: string): Source => ({ path: 'client/screens/x/X.tsx', text });
const server = (text: string): Source => ({ path: 'server/tasks/commands.ts', text });

describe('the words of the page', () => {
  test('all come from the catalogue: no literal text in JSX', () => {
    expect(client.filter(({ path }) => path.endsWith('.tsx')).flatMap(jsxWordProblems)).toEqual([]);
  });

  test.each([
    'const x = <p>Hello</p>;',
    'const x = <input placeholder="Your name" />;',
    "const x = <button aria-label={open ? 'Close' : t('open')} />;",
    "const x = <p>{count === 0 && 'Nothing here'}</p>;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of code
    'const x = <p>{`${count} files`}</p>;',
  ])('%s is refused', (text) => {
    expect(jsxWordProblems(tsx(text))).toHaveLength(1);
  });

  test.each([
    'const x = <p className="lead">{t(\'task.title\')}</p>;',
    "const x = <p>{t('a.b')} · {count} / {total}</p>;",
    '<Text size="sm" c="dimmed" data-kind="FILE">{name}</Text>;',
  ])('%s is not', (text) => {
    expect(jsxWordProblems(tsx(text))).toEqual([]);
  });

  test('every key that is asked for is in the catalogue', () => {
    expect(client.flatMap((file) => unknownKeyProblems(file, keys))).toEqual([]);
    expect(unknownKeyProblems(tsx("t('no.such.key')"), keys)).toHaveLength(1);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of code
    expect(unknownKeyProblems(tsx('t(`no.such.${key}`)'), keys)).toHaveLength(1);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of code
    expect(unknownKeyProblems(tsx('t(`names.taskState.${state}`)'), keys)).toEqual([]);
  });

  test('no entry of the catalogue is empty', () => {
    expect(emptyEntries(en)).toEqual([]);
    expect(emptyEntries({ a: { b: ' ' } })).toEqual(['a.b']);
  });
});

type Words = { readonly [key: string]: string | Words };

function emptyEntries(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) => {
    if (typeof value !== 'string') return emptyEntries(value, `${prefix}${name}.`);
    return value.trim() === '' ? [`${prefix}${name}`] : [];
  });
}

describe('the words of the server', () => {
  // The playbooks and the sample company are data in English, not code; the words of a rule stand in its row, with its examples.
  const data = /^server\/(words|sample|templates\/playbooks|submissions\/validation\/(rules|facts|formats))\//;

  test('no sentence for people stands outside server/words', () => {
    expect(
      code('server')
        .filter(({ path }) => !data.test(path))
        .flatMap(sentenceProblems),
    ).toEqual([]);
  });

  test.each([
    "const message = 'Someone changed this.';",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of code
    'send(`Hello ${name}, sign in here`);',
    "throw new ApiError('NOT_FOUND', 'There is nothing here');",
  ])('%s is refused', (text) => {
    expect(sentenceProblems(server(text))).toHaveLength(1);
  });

  test.each([
    "throw new Error('The log has no counter row.');",
    "const options = { description: 'What it is, in one line.' };",
    'const rows = sql`Select all the rows from tasks`;',
    "services.log.warn({ id }, 'Left for the sweep to do');",
    "const kind = 'task.approved';",
  ])('%s is not', (text) => {
    expect(sentenceProblems(server(text))).toEqual([]);
  });
});
