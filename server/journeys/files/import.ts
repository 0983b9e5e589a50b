import type { Tx } from '../../platform/database/transaction.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { mayDraw } from '../drawing/commands.ts';
import { isCompanyWide, type Put } from '../parts.ts';
import { companyParts } from '../queries.ts';
import { type Count, madeBeside } from './company.ts';
import { fromCsv } from './csv.ts';
import { type FromFile, fromJson } from './json.ts';
import type { FileProblem } from './problems.ts';

export const fileFormats = ['JSON', 'CSV'] as const;
export type FileFormat = (typeof fileFormats)[number];
/** A file as it was chosen; `content` is its text. */
export type MapFile = { content: string; format: FileFormat };

export type ProblemSeen = { row: number | null; field: string | null; message: string };
export type FileReport = { counts: Count[]; problems: ProblemSeen[]; problemCount: number };

/** A file that is wrong throughout says the same in every row: so many are told one by one. */
const mostProblemsTold = 200;

/** What a file would make here, and what of it cannot be taken. */
export async function fileReport(ctx: Ctx, file: MapFile): Promise<FileReport> {
  mayDraw(ctx);
  const { parts, problems } = read(file);
  return { counts: madeBeside(await companyParts(ctx.db), parts).counts, ...told(problems) };
}

/** What a file says. Throws MAP_FILE_INVALID when that is nothing. */
export function partsOfFile(file: MapFile): Put[] {
  const { parts, problems } = read(file);
  if (parts.some(({ kind }) => !isCompanyWide(kind))) return parts;
  const reason = told(problems).problems[0]?.message ?? words.journeyFiles.NOTHING();
  throw new ActError('MAP_FILE_INVALID', { field: 'content', params: { reason } });
}

/** What of a file has to be made where the company has what it has. */
export async function madeHere(tx: Tx, parts: readonly Put[]): Promise<Put[]> {
  return madeBeside(await companyParts(tx), parts).made;
}

function read({ content, format }: MapFile): FromFile {
  return format === 'JSON' ? fromJson(content) : fromCsv(content);
}

function told(problems: readonly FileProblem[]): Omit<FileReport, 'counts'> {
  const seen = problems.slice(0, mostProblemsTold).map(({ row, field, code, params }) => ({
    ...{ row, field },
    message: words.journeyFiles[code](params),
  }));
  return { problems: seen, problemCount: problems.length };
}
