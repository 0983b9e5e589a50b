import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The root of the repository, without a final slash. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A file of the project: its path from the root, with forward slashes, and its text. */
export type Source = { path: string; text: string };

const ignored = new Set(['node_modules', 'dist', 'shots', '.git', '.slipway']);

/** Every file below a folder of the repository whose name ends as wanted. */
export function filesUnder(folder: string, endings: readonly string[]): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (ignored.has(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(path, endings);
    if (!endings.some((ending) => entry.name.endsWith(ending))) return [];
    return [{ path, text: readFileSync(join(root, path), 'utf8') }];
  });
}

export const code = (folder: string) => filesUnder(folder, ['.ts', '.tsx']);

export function syntaxOf({ path, text }: Source): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** Every node of a tree, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

export type Import = {
  /** A path from the root for a file of ours, else the package as written. */
  target: string;
  isOurs: boolean;
};

/** What a file imports, dynamic imports and re-exports too, types and values alike. */
export function importsOf(source: Source): Import[] {
  return ts.preProcessFile(source.text, true, true).importedFiles.map(({ fileName }) => {
    const isOurs = fileName.startsWith('.');
    return { isOurs, target: isOurs ? normalize(join(dirname(source.path), fileName)) : fileName };
  });
}

/** `path:line`, as a problem names its place. */
export function placeOf(tree: ts.SourceFile, node: ts.Node): string {
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
