import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, type Router } from 'express';
import { codeOf } from '../platform/blobs/disk.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import type { Services } from '../platform/services.ts';
import { viewerOfLink } from '../tokens/queries.ts';
import { words } from '../words/en.ts';
import { attachment, servedType } from './names.ts';
import { type FileRow, fileFor, isLinkValid } from './queries.ts';

/**
 * Where file bytes go out: `GET /files/<id>?person=&expires=&signature=`. The signature covers all of it, the link
 * opens in a session of its person alone, and their right is asked again at the moment of download: a link does not
 * outlive a revocation. Anything wrong looks like a file that never was.
 */
export function downloadsRoutes(services: Services): Router {
  const router = express.Router();
  router.get('/files/:fileId', async (req, res) => {
    const file = await fileBehind(services, req);
    if (!file) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set({
      'Content-Disposition': attachment(file.name),
      'Content-Type': servedType(file.name),
      'X-Content-Type-Options': 'nosniff',
      // Even opened in place, whatever is in the file can run nothing and reach nothing.
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      ETag: `"${file.sha256}"`,
    });
    await send(services, req, res, file);
  });
  router.use(httpErrors(services));
  return router;
}

async function fileBehind(services: Services, req: Request): Promise<FileRow | null> {
  const { fileId } = req.params;
  const { person, expires, signature, ...rest } = req.query;
  if (typeof fileId !== 'string' || Object.keys(rest).length > 0) return null;
  if (typeof person !== 'string' || typeof expires !== 'string' || typeof signature !== 'string') return null;
  if (!isLinkValid(services, { fileId, personId: person, expires }, signature)) return null;
  const viewer = await viewerOfLink(services, person, req.headers);
  const file = viewer && (await fileFor(services, viewer, fileId));
  return file?.state === 'STORED' ? file : null;
}

async function send(services: Services, req: Request, res: Response, file: FileRow): Promise<void> {
  const range = rangeOf(req, file.sizeBytes);
  if (range === 'unsatisfiable') {
    res.status(416).set('Content-Range', `bytes */${file.sizeBytes}`).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 };
  if (range) res.status(206).set('Content-Range', `bytes ${start}-${end}/${file.sizeBytes}`);
  res.set('Content-Length', String(end - start + 1));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(await services.blobs.open(file.blobKey, { start, end }), res);
  } catch (error) {
    // The reader went away: nothing to tell anybody.
    if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE' && codeOf(error) !== 'ECONNRESET') throw error;
  }
}

/** The one range that was asked for; null for the whole file. Several ranges at once are answered with all of it. */
function rangeOf(req: Request, sizeBytes: number): { start: number; end: number } | 'unsatisfiable' | null {
  const ranges = req.range(sizeBytes);
  if (ranges === undefined || ranges === -2) return null;
  if (ranges === -1) return 'unsatisfiable';
  const [only, ...more] = ranges;
  return ranges.type === 'bytes' && only && more.length === 0 ? only : null;
}
