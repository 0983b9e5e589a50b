import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A table, as lines. */
export function sendCsv(res: Response, fileName: string, lines: AsyncGenerator<string>): Promise<void> {
  return sendLines(res, fileName, 'text/csv; charset=utf-8', marked(lines));
}

/** A file of lines as they come, which no browser shows or runs, and nobody between keeps. */
export async function sendLines(
  res: Response,
  fileName: string,
  contentType: string,
  lines: AsyncGenerator<string>,
): Promise<void> {
  res.set({
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': 'private, no-store',
  });
  await pipeline(Readable.from(lines), res).catch(ignoreGone);
}

async function* marked(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  // Without the mark, spreadsheets read UTF-8 as something older.
  yield '\uFEFF';
  yield* lines;
}

/** The reader went away: nothing to tell anybody. */
function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET') throw error;
}
