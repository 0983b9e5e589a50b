import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * TypeScript as one piece of JavaScript, for what runs by itself: the server and its worker threads. A loader would cost
 * each thread half a second of processor time and 40 MB, and the server three seconds of every start. The piece is kept in
 * dist/ until one of its sources changes; its first line names them. Packages are imported as they are.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'dist/compiled');
const mark = '//sources:';

/** As `import(entry)`, compiled. `entry`: the file URL of a module of ours. */
export async function importCompiled(entry) {
  let compiled;
  try {
    compiled = await compiledOf(entry);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)) throw error;
    // Nothing can be written here: a loader reads each source anew.
    const { register } = await import('tsx/esm/api');
    register();
    return import(entry.href);
  }
  return import(compiled);
}

/** Where the compiled form can be imported from. */
export async function compiledOf(entry) {
  const source = fileURLToPath(entry);
  const made = join(folder, `${basename(source, '.ts')}.mjs`);
  if (!(await isFresh(made))) await keep(made, await compile(source));
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
  const { build } = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    write: false,
    metafile: true,
    // Errors are told by the place in the source.
    sourcemap: 'inline',
    sourcesContent: false,
    sourceRoot: root,
    logLevel: 'silent',
    // The line that names the sources is known when they were read; the places in the source map count it.
    banner: { js: `${mark}\nconst sourcesRoot = new URL('../../', import.meta.url);` },
    plugins: [whereSourcesStand],
  });
  const head = await headOf(Object.keys(metafile.inputs), begun);
  return outputFiles[0].text.replace(mark, () => head);
}

/** What a source finds beside itself (a migration, a playbook) it finds from the compiled piece, too. */
const whereSourcesStand = {
  name: 'where sources stand',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const place = JSON.stringify(relative(root, path).replaceAll(sep, '/'));
      const text = await readFile(path, 'utf8');
      return {
        loader: 'ts',
        contents: text.replaceAll('import.meta.url', `new URL(${place}, sourcesRoot).href`),
      };
    });
  },
};

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
