import { Server } from '@tus/server';
import express, { type Request, type Response, type Router } from 'express';
import type { Viewer } from '../access/viewer.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import { sameOriginOnly } from '../platform/http/sameOrigin.ts';
import type { Services } from '../platform/services.ts';
import { viewerAgain, viewerOfRequest } from '../tokens/queries.ts';
import { words } from '../words/en.ts';
import { fileComplete } from './commands.ts';
import { fileRow, uploadFor, uploadPathOf } from './queries.ts';
import { UploadStore } from './uploadStore.ts';

const methods = new Set(['HEAD', 'PATCH', 'DELETE']);

/**
 * Where file bytes come in: tus 1.0 (core and termination) on `/uploads/<file id>`. Uploads are made by
 * `submissionCreate`, never by POST here. HEAD tells the offset, PATCH goes on from it, DELETE gives up. HEAD says too what
 * the last 256 KiB before an offset hash to (`Upload-Tail: <offset> <sha256>`): bytes of two files must never be joined.
 */
export function uploadsRoutes(services: Services): Router {
  const store = new UploadStore(services);
  const tus = tusServer(services, store);
  const router = express.Router();

  router.all(['/uploads', '/uploads/:fileId'], sameOriginOnly(services), async (req, res) => {
    res.set('Cache-Control', 'no-store');
    if (!methods.has(req.method)) {
      res.set('Allow', [...methods].join(', '));
      return refuse(res, 405, 'METHOD_NOT_ALLOWED', words.http.METHOD_NOT_ALLOWED());
    }
    const { fileId } = req.params;
    const viewer = await viewerOfRequest(services, req.headers);
    const file = viewer && typeof fileId === 'string' ? await uploadFor(services, viewer, fileId) : null;
    // tus reads the id from the end of the whole address, so no other spelling of it may come that far: it could name an
    // upload whose right was not asked for, or one place on the disk under two names.
    if (!viewer || !file || req.originalUrl !== uploadPathOf(file.id))
      return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    // Whole, but its last request never got to say so: the process died in between.
    if (file.state === 'UPLOADING') await store.recover(file.id);
    const tail = req.method === 'HEAD' && file.state === 'UPLOADING' ? await store.tailOf(file.id) : null;
    if (tail) res.set('Upload-Tail', `${tail.end} ${tail.sha256}`);
    const stop = watch(services, viewer, file.id, req, res);
    try {
      await tus.handle(req, res);
    } finally {
      stop();
    }
  });
  router.use(httpErrors(services));
  return router;
}

/** Cuts a request under way when its person may no longer send: a large upload must not outlive a revocation. */
function watch(services: Services, viewer: Viewer, fileId: string, req: Request, res: Response): () => void {
  return services.connections.add({
    personId: viewer.personId,
    sessionId: viewer.sessionId,
    async isStillAllowed() {
      const now = await viewerAgain(services, viewer);
      return now !== null && (await uploadFor(services, now, fileId)) !== null;
    },
    end() {
      req.destroy();
      res.destroy();
    },
  });
}

function tusServer(services: Services, store: UploadStore): Server {
  return new Server({
    path: '/uploads',
    datastore: store,
    // No other origin is let in: without this the server would answer every one with a star.
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    async onUploadFinish(_, upload) {
      await fileComplete(services, upload.id, store.sha256Of(upload.id, upload.size ?? 0));
      return {};
    },
    async onResponseError(req, error) {
      const status = 'status_code' in error ? error.status_code : 500;
      const fileId = new URL(req.url).pathname.split('/').at(-1) ?? '';
      if (status === 413) {
        const maxBytes = (await fileRow(services.db, fileId))?.sizeBytes ?? 0;
        return said(413, 'UPLOAD_TOO_LARGE', words.http.UPLOAD_TOO_LARGE({ maxBytes }), { maxBytes });
      }
      if (status === 507) return said(507, 'DISK_FULL', words.http.DISK_FULL());
      if (status === 404) return said(404, 'NOT_FOUND', words.http.NOT_FOUND());
      if (status < 500) return undefined;
      services.log.error({ err: error, fileId }, 'upload failed');
      return said(500, 'INTERNAL_SERVER_ERROR', words.http.INTERNAL_SERVER_ERROR());
    },
  });
}

function said(status: number, code: string, message: string, more: Record<string, number> = {}) {
  return { status_code: status, body: JSON.stringify({ code, message, ...more }) };
}
