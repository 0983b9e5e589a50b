import { validate } from '../../../../server/submissions/validation/engine.ts';
import { preview, repair } from '../../../../server/submissions/validation/repair.ts';
import { rulesOfCheck } from '../../../../server/submissions/validation/rules/registry.ts';
import type { Options } from '../../../../server/submissions/validation/types.ts';
import type { Answer, KnownColumn, Order } from './orders.ts';

/*
 * The engine of the server in a worker of the browser: the same file gives the same report, byte for byte. What only the
 * server knows (earlier versions, other files) is left out.
 */
const tell = (answer: Answer) => postMessage(answer);

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  run(data).then(tell, (error: unknown) => tell({ number: data.number, failed: String(error) }));
});

async function run(order: Order): Promise<Answer> {
  const { number, file } = order;
  const options = optionsOf(order);
  switch (order.act) {
    case 'check':
      return { number, report: await validate(file.stream(), options), knownColumns: knownColumns(options) };
    case 'preview': {
      const found = await preview(file.stream(), options, order.fixes);
      const fixes = found.byRule.map(({ rule, count: changes }) => ({ rule, changes }));
      return { number, preview: { changes: found.cells, fixes, pairs: found.pairs } };
    }
    case 'repair': {
      const { bytes, repaired } = repair(file.stream(), options, order.fixes, order.edits);
      // Blobs are kept by the browser, on the disk when they are large: the worker's memory holds one piece at a time.
      let parts = new Blob();
      let waiting: Uint8Array<ArrayBuffer>[] = [];
      let size = 0;
      for await (const piece of bytes) {
        waiting.push(new Uint8Array(piece));
        size += piece.length;
        if (size < pieceBytes) continue;
        parts = new Blob([parts, ...waiting]);
        waiting = [];
        size = 0;
      }
      return { number, repaired: { parts: new Blob([parts, ...waiting]), changes: repaired.cells + repaired.edited } };
    }
  }
}

const pieceBytes = 8_000_000;

function knownColumns({ rules }: Options): KnownColumn[] {
  return rules.columns.map(({ name, title = name, isRequired }) => ({ name, title, isRequired }));
}

function optionsOf({ number, file, check, chosen, asOf }: Order): Options {
  const { table } = check;
  const rules = rulesOfCheck({ rules: check.rules, table: table === null ? null : JSON.parse(table) });
  if (!rules) throw new Error(`no such rules: ${check.rules}`);
  return {
    rules,
    name: file.name,
    asOf,
    profile: check.profile,
    threshold: check.threshold,
    declared: Object.fromEntries([...check.declared, ...chosen.declared].map(({ key, value }) => [key, value])),
    mapping: Object.fromEntries(chosen.mapping.map(({ source, column }) => [source, column])),
    nowMs: () => performance.now(),
    onProgress: (progress) => tell({ number, progress }),
  };
}
