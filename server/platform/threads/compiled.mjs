import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * TypeScript as one piece of JavaScript, for what runs by itself: a worker thread. A loader would cost each of them half a
 * second of processor time and 40 MB. The piece is kept in dist/ until one of its sources changes; its first line names them.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'dist/compiled');
const mark = '//sources:';

/** As `import(entry)`, compiled. `entry`: the file URL of a module that imports nothing but files of ours and Node's own. */
export async function importCompiled(entry) {
  return import(await compiledOf(entry));
}

/** Where the compiled form can be imported from. */
export async function compiledOf(entry) {
  const source = fileURLToPath(entry);
  const made = join(folder, `${basename(source, '.ts')}.mjs`);
  if (await isFresh(made)) return pathToFileURL(made).href;
  const code = await compile(source);
  try {
    await keep(made, code);
  } catch {
    // Nothing can be written here: it is compiled each time.
    return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  }
  return pathToFileURL(made).href;
}

async function isFresh(made) {
  try {
    const text = await readFile(made, 'utf8');
    const [head] = text.split('\n', 1);
    return head === (await headOf(Object.keys(JSON.parse(head.slice(mark.length)).sources)));
  } catch {
    return false;
  }
}

/** What a piece was made of: size and moment of each source. One that was saved after `before` is none that was read. */
async function headOf(paths, before = Number.POSITIVE_INFINITY) {
  const stats = await Promise.all(paths.map((path) => stat(join(root, path))));
  const sources = Object.fromEntries(paths.map((path, at) => [path, momentOf(stats[at], before)]));
  return `${mark}${JSON.stringify({ node: process.version, sources })}`;
}

const momentOf = ({ size, mtimeMs }, before) => (mtimeMs < before ? [size, mtimeMs] : null);

async function compile(source) {
  const begun = Date.now();
  // tsx' own compiler, so that both make the same of it.
  const { buildSync } = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))('esbuild');
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return `${await headOf(Object.keys(metafile.inputs), begun)}\n${outputFiles[0].text}`;
}

/** Several may do so at once: whoever is last has written the same. */
async function keep(made, code) {
  await mkdir(folder, { recursive: true });
  const unfinished = `${made}.${randomUUID()}`;
  try {
    await writeFile(unfinished, code);
    await rename(unfinished, made);
  } finally {
    await rm(unfinished, { force: true });
  }
}
