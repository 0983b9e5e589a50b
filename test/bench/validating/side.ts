import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { chunksOf } from '../../../server/platform/blobs/chunks.ts';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { bytesOf, columns, type Format } from './feed.ts';
import { optionsOf } from './ours.ts';
import { peer } from './peers.ts';
import { SameRules } from './same.ts';
import { fewChecks, sqlChecks, sqlOfTheFile } from './sql.ts';

/*
 * One side, one file, one process: `side.ts NAME FORMAT PATH` prints what it took and found as one line of JSON. The clock
 * starts when its packages are loaded and, in the short form, the file was read once. For `generated` the path is the number of rows and the seed: `35000000:7`.
 */
export type Outcome = {
  rows: number;
  found: [rule: string, row: number | null, column: string | null][];
  others: number;
};
type Side = (path: string, format: Format) => Promise<() => Promise<Outcome>>;

/** Rules of what was planted: all other findings are invented, or speak of the whole file. */
const sides: Readonly<Record<string, Side>> = {
  ours: async (path, format) => async () => {
    // As the command line reads it.
    const report = await validate(chunksOf(await open(path)), optionsOf(`feed.${format}`));
    return outcomeOf(report.rows, report.findings);
  },

  'order-history': async (path) => list(path, 'order-history'),
  'subscriber-list': async (path) => list(path, 'subscriber-list'),

  generated: async (path, format) => async () => {
    const [count, seed] = path.split(':').map(Number);
    const source = bytesOf(format, count as number, seed as number);
    async function* made() {
      yield* source;
    }
    const report = await validate(made(), optionsOf(`feed.${format}`));
    return outcomeOf(report.rows, report.findings);
  },

  papaparse: async (path) => {
    const Papa = await peer('papaparse');
    return withRules((rules) => {
      let hasHeader = false;
      const step = ({ data }: { data: string[] }) => {
        if (hasHeader) rules.row(data);
        else rules.header(data);
        hasHeader = true;
      };
      return new Promise<void>((resolve, reject) => {
        Papa.parse(createReadStream(path, { highWaterMark: 1 << 18 }), {
          step,
          skipEmptyLines: true,
          complete: () => resolve(),
          error: reject,
        });
      });
    });
  },

  'csv-parse': async (path) => {
    const { parse } = await peer('csv-parse');
    return withRules(async (rules) => {
      let hasHeader = false;
      for await (const row of createReadStream(path, { highWaterMark: 1 << 18 }).pipe(parse())) {
        if (hasHeader) rules.row(row);
        else rules.header(row);
        hasHeader = true;
      }
    });
  },

  udsv: async (path) => {
    const { inferSchema, initParser } = await peer('udsv');
    return withRules(async (rules) => {
      let parser: ReturnType<typeof initParser> | undefined;
      const give = (row: string[]) => rules.row(row);
      const decoder = new TextDecoder();
      for await (const bytes of createReadStream(path, { highWaterMark: 1 << 18 })) {
        const text = decoder.decode(bytes, { stream: true });
        if (!parser) {
          parser = initParser(inferSchema(text));
          rules.header(columns);
        }
        parser.chunk(text, parser.stringArrs, give);
      }
      parser?.end();
    });
  },

  duckdb: async (path) => duckdb(path, sqlChecks, sqlOfTheFile),
  // No match of ours: a fifth of the rules, to show what they cost there.
  'duckdb-few': async (path) => duckdb(path, fewChecks, []),

  easysax: async (path) => {
    const EasySax = await peer('easysax');
    return withRules(async (rules) => {
      // It has no stream: the file is read whole.
      const text = await readFile(path, 'utf8');
      const items = new Items(rules);
      const parser = new EasySax();
      const decode = (value: string) => (value.includes('&') ? (parser.unescape?.(value) ?? unescaped(value)) : value);
      parser.on('startNode', (name: string) => items.open(name));
      parser.on('endNode', (name: string) => items.close(name));
      parser.on('textNode', (value: string) => items.text(decode(value)));
      parser.parse(text);
    });
  },

  saxes: async (path) => {
    const { SaxesParser } = await peer('saxes');
    return withRules(async (rules) => {
      const items = new Items(rules);
      const parser = new SaxesParser();
      parser.on('opentag', ({ name }: { name: string }) => items.open(name));
      parser.on('closetag', ({ name }: { name: string }) => items.close(name));
      parser.on('text', (value: string) => items.text(value));
      for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) parser.write(text);
      parser.close();
    });
  },

  htmlparser2: async (path) => {
    const { Parser } = await peer('htmlparser2');
    return withRules(async (rules) => {
      const items = new Items(rules);
      const parser = new Parser(
        {
          onopentagname: (name: string) => items.open(name),
          onclosetag: (name: string) => items.close(name),
          ontext: (value: string) => items.text(value),
        },
        { xmlMode: true, decodeEntities: true },
      );
      for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) parser.write(text);
      parser.end();
    });
  },

  sax: async (path) => {
    const sax = await peer('sax');
    return withRules(async (rules) => {
      const items = new Items(rules);
      const parser = sax.parser(true);
      parser.onopentag = ({ name }: { name: string }) => items.open(name);
      parser.onclosetag = (name: string) => items.close(name);
      parser.ontext = (value: string) => items.text(value);
      for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) parser.write(text);
      parser.close();
    });
  },

  'JSON.parse': async (path) =>
    withRules(async (rules) => {
      for await (const line of createInterface({ input: createReadStream(path, { highWaterMark: 1 << 18 }) }))
        rules.object(JSON.parse(line));
    }),
};

function list(path: string, set: string): () => Promise<Outcome> {
  return async () => {
    const report = await validate(chunksOf(await open(path)), optionsOf(`${set}.csv`, set));
    return outcomeOf(report.rows, report.findings);
  };
}

async function duckdb(
  path: string,
  checks: typeof sqlChecks,
  ofTheFile: readonly string[],
): Promise<() => Promise<Outcome>> {
  const { DuckDBInstance } = await peer('@duckdb/node-api');
  return async () => {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const found: Outcome['found'] = [];
    await connection.run(
      `create view feed as select * from read_csv('${path}', header = true, all_varchar = true, null_padding = true)`,
    );
    // One pass: each check a flag, and of the flagged rows the ids, which is the only name that a row has here.
    const flags = checks.map(({ sql }, at) => `(${sql}) as c${at}`).join(', ');
    const any = checks.map((_, at) => `c${at}`).join(' or ');
    const reader = await connection.runAndReadAll(
      `select * from (select id, ${flags} from feed) where ${any} limit 100000`,
    );
    for (const row of reader.getRows() as unknown[][]) {
      checks.forEach(({ rule, column }, at) => {
        if (row[at + 1] === true) found.push([rule, Number(String(row[0]).replace('SKU-', '')), column]);
      });
    }
    for (const sql of ofTheFile) await connection.runAndReadAll(sql);
    const count = await connection.runAndReadAll('select count(*) from feed');
    return { rows: Number((count.getRows() as unknown[][])[0]?.[0]), found, others: 0 };
  };
}

/** Gathers the elements of an `item` into one record. */
class Items {
  #values: Record<string, string> | null = null;
  #name: string | null = null;
  #text = '';
  constructor(private readonly rules: SameRules) {}

  open(name: string): void {
    if (name === 'item') this.#values = {};
    else if (this.#values && name.startsWith('g:')) {
      this.#name = name.slice(2);
      this.#text = '';
    }
  }

  text(value: string): void {
    if (this.#name !== null) this.#text += value;
  }

  close(name: string): void {
    if (name === 'item' && this.#values) {
      this.rules.object(this.#values);
      this.#values = null;
    } else if (this.#values && this.#name !== null) {
      this.#values[this.#name] = this.#text;
      this.#name = null;
    }
  }
}

function unescaped(value: string): string {
  return value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

function withRules(read: (rules: SameRules) => void | Promise<void>): () => Promise<Outcome> {
  return async () => {
    const rules = new SameRules('feed');
    await read(rules);
    rules.end();
    return outcomeOf(rules.rows, rules.gathering.findings());
  };
}

type Found = { rule: string; scope: string; column: string | null; count: number; samples: { row: number | null }[] };

function outcomeOf(rows: number, findings: readonly Found[]): Outcome {
  const found: Outcome['found'] = [];
  let others = 0;
  for (const { rule, column, samples, count } of findings) {
    for (const { row } of samples) found.push([rule, row, column]);
    others += count - samples.length;
  }
  return { rows, found, others };
}

const [, , name = '', format = 'csv', path = ''] = process.argv;
const side = sides[name];
if (!side) throw new Error(`There is no side ${name}.`);
const run = await side(path, format as Format);
globalThis.gc?.();
const rssBefore = process.memoryUsage().rss;
// A server has read files before; of a long file the first rows are few, of a short one they would be what is measured.
if (process.env.BENCH_WARM === '1') await run();
const cpu = process.cpuUsage();
const begun = performance.now();
const outcome = await run();
const wallMs = performance.now() - begun;
const { user, system } = process.cpuUsage(cpu);
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({ ...outcome, wallMs, cpuMs: (user + system) / 1_000, peakBytes, addedBytes: peakBytes - rssBefore }),
);
process.exit(0);
