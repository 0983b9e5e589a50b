import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a bench gets from the command line; each exports `run(options)` and throws when a promise is broken. */
export type BenchOptions = {
  /** The whole measurement and not the short form. */
  isFull: boolean;
  /** For benches with chance in them; printed, so that a run can be repeated. */
  seed: number;
  /** A recorded trace to play instead of a made one, for the benches that play any. */
  trace: string | null;
};

type Bench = { run(options: BenchOptions): Promise<void> };

const folder = fileURLToPath(new URL('.', import.meta.url));

/** `npm run bench -- NAME [--full] [--seed=N] [--trace FILE]` runs test/bench/NAME.ts. */
async function main(given: string[]): Promise<void> {
  const { args, value: trace } = withoutValue(given, '--trace');
  const names = args.filter((arg) => !arg.startsWith('--'));
  const seed = Number(args.find((arg) => arg.startsWith('--seed='))?.slice('--seed='.length) ?? Date.now() % 1_000_000);
  const [name = ''] = names;
  if (names.length !== 1 || !/^[a-zA-Z]+$/.test(name) || !existsSync(`${folder}${name}.ts`)) {
    const known = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'run.ts');
    console.error(`Name one bench: ${known.map((file) => file.replace('.ts', '')).join(', ')}`);
    process.exit(1);
  }
  const bench: Bench = await import(`${folder}${name}.ts`);
  await bench.run({ isFull: args.includes('--full'), seed, trace });
}

/** Takes `--name VALUE` or `--name=VALUE` out. */
function withoutValue(args: string[], name: string): { args: string[]; value: string | null } {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return { args, value: null };
  const isJoined = args[at] !== name;
  const value = isJoined ? args[at]?.slice(name.length + 1) : args[at + 1];
  return { args: args.filter((_, index) => index !== at && (isJoined || index !== at + 1)), value: value ?? null };
}

await main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
