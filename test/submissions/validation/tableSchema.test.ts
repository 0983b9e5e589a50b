import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { isLinear } from '../../../server/submissions/validation/linearPattern.ts';
import { rulesOfCheck } from '../../../server/submissions/validation/rules/registry.ts';
import { rankOfColumn } from '../../../server/submissions/validation/rules/tableRanks.ts';
import {
  checkTableSchema,
  readTableSchema,
  writeTableSchema,
} from '../../../server/submissions/validation/rules/tableSchema.ts';
import { ruleSetOf } from '../../../server/submissions/validation/rules/tableSchemaSet.ts';
import { cpuMs } from '../../support/stall.ts';

const stores = {
  name: 'stores',
  title: 'Stores',
  fields: [
    { name: 'code', type: 'string', constraints: { pattern: '[A-Z]{2}-\\d{3}', unique: true } },
    { name: 'city', type: 'string', constraints: { required: true, minLength: 2, maxLength: 40 } },
    { name: 'opened', type: 'date', constraints: { minimum: '1990-01-01' } },
    { name: 'area', type: 'number', constraints: { minimum: 10, maximum: 5000 } },
    { name: 'floors', type: 'integer' },
    { name: 'kind', constraints: { enum: ['flagship', 'outlet'] } },
    { name: 'mail', type: 'string', format: 'email' },
    { name: 'page', type: 'string', format: 'uri' },
    { name: 'open_at', type: 'time' },
    { name: 'since', type: 'year' },
    { name: 'is_new', type: 'boolean' },
    { name: 'seen', type: 'datetime' },
  ],
  missingValues: ['', 'n/a'],
  primaryKey: 'code',
};

const one = (field: object, more: object = {}) => ({ fields: [{ name: 'a', ...field }], ...more });

const names = stores.fields.map(({ name }) => name);
const healthy =
  'DE-001,Berlin,2001-05-23,120.5,2,flagship,a@shop.example,https://shop.example/1,09:00,2001,true,2026-11-01T10:00Z';

async function judged(rows: readonly string[], schema: unknown = stores) {
  const { schema: read, problems } = checkTableSchema(schema);
  expect(problems).toEqual([]);
  const text = `${names.join(',')}\n${rows.join('\n')}\n`;
  const bytes = new TextEncoder().encode(text);
  return validate(
    (async function* () {
      yield bytes;
    })(),
    { rules: ruleSetOf(read as NonNullable<typeof read>, 'stores'), name: 'stores.csv', asOf: '2026-11-22T00:00:00Z' },
  );
}

const found = (report: Awaited<ReturnType<typeof judged>>) =>
  report.findings.filter(({ severity }) => severity !== 'HINT').map(({ rule }) => rule);

describe('a table that a template describes', () => {
  test('takes what the schema allows, missing values included', async () => {
    const report = await judged([healthy, 'DE-002,Bonn,n/a,,,,,,,,,']);
    expect(found(report)).toEqual([]);
    expect(report.verdict).toBe('ACCEPTED');
  });

  test.each([
    ['code.pattern', healthy.replace('DE-001', 'DE-1')],
    ['code.required', healthy.replace('DE-001', '')],
    ['city.required', healthy.replace('Berlin', 'n/a')],
    ['city.length', healthy.replace('Berlin', 'B')],
    ['opened.type', healthy.replace('2001-05-23', '23.05.2001')],
    ['opened.range', healthy.replace('2001-05-23', '1989-12-31')],
    ['area.type', healthy.replace('120.5', 'large')],
    ['area.range', healthy.replace('120.5', '9')],
    ['floors.type', healthy.replace(',2,', ',2.5,')],
    ['kind.enum', healthy.replace('flagship', 'kiosk')],
    ['mail.email', healthy.replace('a@shop.example', 'a@shop')],
    ['page.uri', healthy.replace('https:', 'ftp:')],
    ['open_at.type', healthy.replace('09:00', '25:00')],
    ['since.type', healthy.replace(',2001,', ',01,')],
    ['is_new.type', healthy.replace('true', 'perhaps')],
    ['seen.type', healthy.replace('2026-11-01T10:00Z', 'yesterday')],
  ])('%s is told', async (rule, row) => {
    expect(found(await judged([row]))).toContain(rule);
  });

  test('tells a key and a unique value that stand twice, in their row', async () => {
    const report = await judged([healthy, healthy]);
    for (const rule of ['key.unique', 'code.unique'])
      expect(report.findings.find((each) => each.rule === rule)?.samples.map(({ row }) => row)).toEqual([2]);
  });

  test('refuses a file without a required column', async () => {
    const { schema } = checkTableSchema({ fields: [{ name: 'id', constraints: { required: true } }] });
    expect(ruleSetOf(schema as NonNullable<typeof schema>, 'x').columns).toMatchObject([
      { name: 'id', isRequired: true },
    ]);
  });

  test('says what its repairs would make', async () => {
    const report = await judged([healthy.replace('2001-05-23', '23.05.2001').replace('flagship', 'Flagship')]);
    const fixes = report.findings.flatMap(({ samples }) => samples.map(({ fixed }) => fixed));
    expect(fixes).toEqual(expect.arrayContaining(['2001-05-23', 'flagship']));
  });
});

describe('Table Schema in and out', () => {
  test('comes out as it went in', () => {
    const { schema } = checkTableSchema(stores);
    const text = writeTableSchema(schema as NonNullable<typeof schema>);
    expect(JSON.parse(text)).toEqual(stores);
    expect(readTableSchema(text).schema).toEqual(schema);
  });

  test('of a schema from elsewhere, what is not used is left out and named', () => {
    const { schema, unused } = readTableSchema(
      '{"fields":[{"name":"a","rdfType":"x","constraints":{"required":true,"jsonSchema":{}}}],"foreignKeys":[],"__proto__":1}',
    );
    expect(schema).toEqual({ fields: [{ name: 'a', constraints: { required: true } }] });
    expect(unused).toEqual(['fields[0].rdfType', 'fields[0].constraints.jsonSchema', 'foreignKeys', '__proto__']);
  });

  test('columns are called by their titles, in what is said and above them', async () => {
    const schema = { fields: [{ name: 'due', title: 'Delivery date', type: 'date' }] };
    const rules = rulesOfCheck({ rules: 'own-table', table: schema }) as NonNullable<ReturnType<typeof rulesOfCheck>>;
    async function* file() {
      yield new TextEncoder().encode('delivery DATE\nsoon\n');
    }
    const report = await validate(file(), { rules, name: 'a.csv', asOf: '2026-11-22T00:00:00Z' });
    expect(report.columns).toMatchObject([{ source: 'delivery DATE', column: 'due' }]);
    expect(report.findings.map(({ title }) => title)).toContain('Delivery date is not a date');
  });

  test('tables that are too large, too deep or none are refused, and judge nothing', () => {
    const wide = { fields: Array.from({ length: 10_000 }, (_, at) => ({ name: `c${at}` })) };
    expect(readTableSchema(JSON.stringify(wide)).problems).toMatchObject([{ path: 'fields' }]);
    expect(readTableSchema(`{"fields":${'['.repeat(200_000)}${']'.repeat(200_000)}}`).schema).toBeNull();
    expect(readTableSchema(`{"fields":[{"name":"a","description":"${'x'.repeat(5_000_000)}"}]}`).schema).toBeNull();
    for (const table of [null, undefined, wide, { fields: [{ name: 'a', constraints: { pattern: '(a+)+' } }] }])
      expect(rulesOfCheck({ rules: 'own-table', table })).toBeNull();
  });

  test.each([
    ['fields', {}],
    ['fields', { fields: [] }],
    ['fields[0].name', { fields: [{ type: 'string' }] }],
    ['fields[0].type', one({ type: 'geojson' })],
    ['fields[0].format', one({ type: 'integer', format: 'email' })],
    ['fields[0].format', one({ type: 'year', format: 'any' })],
    ['fields[0].format', one({ type: 'string', format: 'uuid' })],
    ['fields[0].format', one({ type: 'date', format: '%d/%m' })],
    ['fields[0].format', one({ type: 'date', format: '%d/%m/%Y %Y' })],
    ['fields[0].format', one({ type: 'date', format: '%d/%m/%Y %H' })],
    ['fields[0].format', one({ type: 'time', format: '%d' })],
    ['fields[0].format', one({ type: 'time', format: '%I:%M' })],
    ['fields[0].format', one({ type: 'date', format: '%A %d/%m/%Y' })],
    ['fields[0].format', one({ type: 'date', format: 'x'.repeat(61) })],
    [
      'fields[0].constraints.minimum',
      one({ type: 'date', format: '%d.%m.%Y', constraints: { minimum: '31.02.2026' } }),
    ],
    ['fields[0].rdfType', one({ rdfType: 'x' })],
    ['fields[0].constraints.jsonSchema', one({ constraints: { jsonSchema: {} } })],
    ['fields[0].constraints.pattern', one({ constraints: { pattern: '(a+)+$' } })],
    ['fields[0].constraints.pattern', one({ constraints: { pattern: '(' } })],
    ['fields[0].constraints.pattern', one({ type: 'integer', constraints: { pattern: 'a' } })],
    ['fields[0].constraints.minimum', one({ type: 'date', constraints: { minimum: 'soon' } })],
    ['fields[0].constraints.maximum', one({ type: 'number', constraints: { minimum: 5, maximum: 3 } })],
    ['fields[0].constraints.maxLength', one({ constraints: { minLength: 5, maxLength: 3 } })],
    ['fields[1].name', { fields: [{ name: 'a' }, { name: 'A ' }] }],
    ['primaryKey', one({}, { primaryKey: 'b' })],
    ['primaryKey[1]', one({}, { primaryKey: ['a', 'b'] })],
    ['foreignKeys', one({}, { foreignKeys: [] })],
  ])('names the path: %s', (path, schema) => {
    const { problems } = checkTableSchema(schema);
    expect(problems.map((each) => each.path)).toContain(path);
    expect(problems.every(({ message }) => message.length > 5)).toBe(true);
  });

  test.each([
    ['geopoint', 'two columns of the type “number”: one for the latitude, one for the longitude'],
    ['geojson', 'Make it “string”'],
    ['duration', 'a “number” of hours'],
    ['yearmonth', '\\d{4}-\\d{2}'],
    ['object', 'Make it “string”'],
  ])('a type whose values are not judged is refused, and what to take instead is said: %s', (type, advice) => {
    const { problems } = readTableSchema(JSON.stringify(one({ title: 'Where', type })));
    expect(problems).toEqual([{ path: 'fields[0].type', column: 'Where', message: expect.stringContaining(advice) }]);
  });

  test('a problem names the column by its title, else by its name, else by nothing', () => {
    const columns = (fields: object[]) => checkTableSchema({ fields }).problems.map(({ column }) => column);
    expect(columns([{ name: 'a', title: ' Store ', type: 'x' }])).toEqual(['Store']);
    expect(columns([{ name: 'a', type: 'x' }])).toEqual(['a']);
    expect(columns([{ name: ' ', type: 'x' }, { type: 'string' }])).toEqual([null, null, null]);
    expect(columns([])).toEqual([null]);
  });

  test('throws on nothing', () => {
    expect(readTableSchema('{').problems).toHaveLength(1);
    expect(readTableSchema(`"${'x'.repeat(600_000)}"`).problems).toHaveLength(1);
    fc.assert(fc.property(fc.string(), (text) => readTableSchema(text).problems.length > 0));
    fc.assert(fc.property(fc.jsonValue(), (json) => void checkTableSchema(json)));
    fc.assert(fc.property(fc.jsonValue(), (json) => void checkTableSchema({ fields: [json] })));
  });
});

describe('how dates and times are written', () => {
  const ruleOf = (field: object) => {
    const { schema, problems } = checkTableSchema({ fields: [{ name: 'a', ...field }, { name: 'b' }] });
    expect(problems).toEqual([]);
    return ruleSetOf(schema as NonNullable<typeof schema>, 'own');
  };
  const judge = async (field: object, value: string) => {
    const text = new TextEncoder().encode(`a,b\n"${value}",x\n`);
    async function* file() {
      yield text;
    }
    const options = { rules: ruleOf(field), name: 'a.csv', asOf: '2026-11-22T00:00:00Z' };
    const { findings } = await validate(file(), options);
    return findings.filter(({ severity }) => severity !== 'HINT');
  };

  test.each<[string, string, readonly string[], readonly string[]]>([
    ['date', 'default', ['2026-11-22'], ['22.11.2026', '2026-02-30']],
    [
      'date',
      '%d.%m.%Y',
      ['22.11.2026', '2.1.2026', '29.02.2024'],
      ['2026-11-22', '31.02.2026', '11/22/2026', '22.11.26'],
    ],
    ['date', '%m/%d/%y', ['11/22/26', '01/02/99'], ['22/11/26', '11/22/2026']],
    ['date', '%d %B %Y', ['22 November 2026', '1 may 2026'], ['22 Nov 2026', '22 11 2026']],
    ['date', '%b %d, %Y', ['Nov 22, 2026'], ['November 22, 2026']],
    ['date', '%Y%m%d', ['20261122'], ['2026-11-22', '20261322']],
    ['date', '100%% %Y-%m-%d', ['100% 2026-11-22'], ['2026-11-22']],
    [
      'date',
      'any',
      ['2026-11-22', '22.11.2026', '11/22/2026', '22/11/2026', '22 Nov 2026'],
      ['soon', '2026', '31.02.2026'],
    ],
    ['datetime', '%d.%m.%Y %H:%M', ['22.11.2026 14:30'], ['22.11.2026', '22.11.2026 24:30', '22.11.2026 14:60']],
    [
      'datetime',
      '%Y-%m-%dT%H:%M:%S.%f%z',
      ['2026-11-22T14:30:00.123+01:00', '2026-11-22T14:30:00.1Z'],
      ['2026-11-22T14:30:00Z'],
    ],
    ['datetime', 'any', ['2026-11-22T14:30:00Z', '22.11.2026 14:30', '22.11.2026'], ['14:30', 'x']],
    ['time', '%I:%M %p', ['2:30 PM', '12:00 am'], ['14:30 PM', '0:30 AM', '2:30']],
    ['time', 'any', ['14:30', '2:30 PM'], ['25:00', 'noon']],
  ])('%s as %s', async (type, format, taken, refused) => {
    for (const value of taken) expect([value, await judge({ type, format }, value)]).toEqual([value, []]);
    for (const value of refused)
      expect([value, (await judge({ type, format }, value)).map(({ rule }) => rule)]).toEqual([value, ['a.type']]);
  });

  test('limits are compared by the day that is meant, in either writing', async () => {
    const limits = (minimum: string) => ({ type: 'date', format: '%d.%m.%Y', constraints: { minimum } });
    for (const minimum of ['01.10.2026', '2026-10-01']) {
      expect(await judge(limits(minimum), '02.10.2026')).toEqual([]);
      expect((await judge(limits(minimum), '30.09.2026')).map(({ rule }) => rule)).toEqual(['a.range']);
    }
  });

  test('says how it is written, and repairs a certain date into it', async () => {
    const field = { type: 'date', format: '%d.%m.%Y' };
    const [finding] = await judge(field, '2026-11-05');
    expect(finding).toMatchObject({ message: 'Write a date, like 22.11.2026.', samples: [{ fixed: '05.11.2026' }] });
    expect((await judge(field, 'soon'))[0]?.samples[0]?.fixed).toBeNull();
  });

  test('is kept through import and export', () => {
    const schema = {
      fields: [
        { name: 'a', type: 'date', format: '%d.%m.%Y' },
        { name: 'b', type: 'time', format: 'any' },
      ],
    };
    const { schema: read, unused } = readTableSchema(JSON.stringify(schema));
    expect([JSON.parse(writeTableSchema(read as NonNullable<typeof read>)), unused]).toEqual([schema, []]);
  });

  test('no format and no value takes long', () => {
    const sign = fc.constantFrom('%d', '%m', '%Y', '%B', '%H', '%z', '%p', '.', ' ', '1', '%', '(', '*');
    const format = fc.array(sign, { maxLength: 25 }).map((signs) => signs.join(''));
    const value = fc
      .array(fc.constantFrom('1', '22', '.', ' ', 'May', '+01:00', 'x'), { maxLength: 60 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(format, value, (each, text) => {
        if (checkTableSchema(one({ type: 'datetime', format: each })).schema === null) return;
        expect(cpuMs(() => void rankOfColumn({ type: 'datetime', format: each })(text))).toBeLessThan(500);
      }),
    );
  });
});

describe('patterns of other people', () => {
  test.each([
    '[A-Z]{2}-\\d{3}',
    'a|b',
    '(?:ab)?c',
    '\\p{L}+',
    '[^,]*',
    '(\\d{3}-){2}\\d+',
    '\\d+(\\.\\d+)?',
    '.*x.*',
    '\\+?\\d{1,3} ?\\d{1,4} ?\\d{1,4}',
    '[a-z]+@[a-z]+\\.[a-z]+',
  ])('%s is taken', (pattern) => expect(isLinear(pattern)).toBe(true));

  test.each([
    ...['(a+)+', '(a*)*b', '(a|aa)+', '((a+))+', '(?:a+)*', '(a?)*', '(a{1,9})+', '([a-z]+)*$', '(a|b)*', '(x+x+)+y'],
    ...[
      '(?=a)b',
      '(?!a)',
      '(?<=a)',
      '(?<n>a)\\k<n>',
      '(a)\\1',
      '[',
      'a{99999}',
      '.*.*.*.*.*.*.*',
      '(a+){10}',
      'a?'.repeat(25),
      '(a|a)'.repeat(25),
      '.*.*.*',
    ],
  ])('%s is refused', (pattern) => expect(isLinear(pattern)).toBe(false));

  test('what is taken answers at once, whatever the text', () => {
    const piece = fc.constantFrom(
      'a',
      'b+',
      '[ab]*',
      '(a|b)',
      '(ab)',
      '?',
      '{2}',
      '{1,3}',
      '+',
      '\\d',
      '.*',
      '(',
      ')',
      '|',
    );
    const pattern = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(pattern, (each) => {
        if (!isLinear(each)) return;
        const regex = new RegExp(`^(?:${each})$`, 'u');
        expect(cpuMs(() => void regex.test(`${'ab'.repeat(200)}!`))).toBeLessThan(2_000);
      }),
      { numRuns: 500 },
    );
  });
});
