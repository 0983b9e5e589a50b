import { words } from '../words/en.ts';
import { problemsIn } from './checks.ts';
import type { Playbook } from './document.ts';
import { draftDocument } from './draft.ts';
import { placeOf } from './places.ts';

/*
 * A template as one file, to carry it from one installation to another or to keep it beside code:
 *
 *   { "slipwayTemplate": 1, "template": { key, name, platform, products, targetInBusinessDays, phases } }
 *
 * The number is that of the format. It moves only when files of before could not be read any more; a part that is added
 * to templates is left out of older files, and has its default there.
 */
export const templateFileFormat = 1;

/** All the text of a template; far more than a road has, and little enough to send and keep. */
export const maxDocumentCharacters = 600_000;

/** What keeps a file from being taken in: where in it, as its author calls the place, and what to do. */
export type FileProblem = { place: string; message: string };
export type TemplateFileRead = { document: Playbook; problems: null } | { document: null; problems: FileProblem[] };

const mostProblems = 20;

/** The file of a version. Reading it gives the same document, but for its number. */
export function writeTemplateFile({ version: _, ...template }: Playbook): string {
  return `${JSON.stringify({ slipwayTemplate: templateFileFormat, template }, null, 2)}\n`;
}

/** Reads a file as a draft: of the right shape throughout, though it may be unfinished. Throws on nothing. */
export function readTemplateFile(text: string): TemplateFileRead {
  const said = words.templateFile;
  const parsed = parseJson(text);
  if (parsed instanceof SyntaxError) return refused(said.noJson({ place: placeOfSyntax(text, parsed) }));
  if (!isRecord(parsed) || !('slipwayTemplate' in parsed)) return refused(said.notOurs());
  const { slipwayTemplate: format, template, ...others } = parsed;
  if (format !== templateFileFormat) return refused(said.otherFormat({ known: templateFileFormat }));
  const [other] = Object.keys(others);
  if (other !== undefined) return refused(said.unknownPart({ name: other.slice(0, 60) }));
  if (!isRecord(template)) return refused(said.notOurs());
  const document = { ...template, version: 1 };
  const bad = unkeptText(document, []);
  if (bad !== null) return refused(said.unkept(), placeOf(document, bad));
  const result = draftDocument.safeParse(document);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const path = issue.path.map(String);
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
      const place = placeOf(document, path) || said.wholePlace();
      return { place, message: unknown ? said.unknownPart({ name: unknown.slice(0, 60) }) : issue.message };
    });
    return { document: null, problems: problems.slice(0, mostProblems) };
  }
  if (JSON.stringify(result.data).length > maxDocumentCharacters) return refused(words.userErrors.TEMPLATE_TOO_LARGE());
  return repeatedKeys(result.data) ?? { document: result.data, problems: null };
}

/** Two things under one key could not be told apart by the editor, finished or not. */
function repeatedKeys(document: Playbook): TemplateFileRead | null {
  const found = problemsIn(document).filter(({ code }) => code === 'phase.repeated' || code === 'task.repeated');
  if (found.length === 0) return null;
  const problems = found.map(({ code, phase, task, params }) => ({
    place: task ?? phase ?? '',
    message: words.templateProblems[code](params),
  }));
  return { document: null, problems };
}

function refused(message: string, place = ''): TemplateFileRead {
  return { document: null, problems: [{ place, message }] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** "line 12", as far as the engine tells it. */
function placeOfSyntax(text: string, { message }: SyntaxError): string {
  const at = /position (\d+)/.exec(message)?.[1];
  const line = at === undefined ? text.split('\n').length : text.slice(0, Number(at)).split('\n').length;
  return words.templateFile.line({ line });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What no database keeps: NUL, and half a character. */
const unkept = /[\0\p{Surrogate}]/u;

/** The path of a text that cannot be kept; null when all can. */
function unkeptText(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === 'string') return unkept.test(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = unkept.test(name) ? path : unkeptText(inner, [...path, name]);
    if (found) return found;
  }
  return null;
}
