import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Router } from 'express';
import { attachment } from '../../files/queries.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { ThreadEnded } from '../../platform/threads/threads.ts';
import { viewerOfLink } from '../../tokens/queries.ts';
import { words } from '../../words/en.ts';
import type { Part, RepairOrder } from './order.ts';
import { isFindingsLinkValid } from './queries.ts';
import { repairOrder } from './repair/queries.ts';

/**
 * `GET /findings/<submission id>?person=&expires=&signature=`: the rows of a file as CSV, with a last column that says
 * what is wrong with each. As with files, the person's right is asked again at the moment of download, and anything
 * wrong looks like a file that never was. A thread makes it while it is sent.
 */
export function findingsRoutes(services: Services): Router {
  const router = express.Router();
  router.get('/findings/:submissionId', async (req, res) => {
    const order = await orderBehind(services, req);
    if (!order) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set({
      'Content-Disposition': attachment(nameOf(order.file.name)),
      'Content-Type': 'text/csv; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    });
    try {
      await pipeline(Readable.from(parts(services, order), { objectMode: false }), res);
    } catch (error) {
      const isGone = codeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE' || codeOf(error) === 'ECONNRESET';
      // Cut off in the middle: the reader sees that it is not whole.
      if (error instanceof ThreadEnded) services.log.error({ err: error }, 'findings');
      else if (!isGone) throw error;
    }
  });
  router.use(httpErrors(services));
  return router;
}

async function orderBehind(services: Services, req: Request): Promise<RepairOrder | null> {
  const { submissionId } = req.params;
  const { person, expires, signature, ...rest } = req.query;
  if (typeof submissionId !== 'string' || Object.keys(rest).length > 0) return null;
  if (typeof person !== 'string' || typeof expires !== 'string' || typeof signature !== 'string') return null;
  if (!isFindingsLinkValid(services, { submissionId, personId: person, expires }, signature)) return null;
  const viewer = await viewerOfLink(services, person);
  if (!viewer) return null;
  const ctx: Ctx = { ...services, viewer, loaders: new Map() };
  const order = await repairOrder(ctx, submissionId, { fixes: [], edits: [] });
  return order && { file: order.file, judge: order.judge, fixes: [], edits: [] };
}

/** The thread makes the next part when one was taken: no more than a few wait in memory. */
async function* parts(services: Services, order: RepairOrder): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  let wake = () => {};
  let isOver = false;
  const task = services.threads.start('findings', order, {
    onMessage(message) {
      made.push((message as Part).bytes);
      wake();
    },
  });
  const over = task.result.finally(() => {
    isOver = true;
    wake();
  });
  over.catch(() => {});
  try {
    for (;;) {
      const next = made.shift();
      if (next) {
        yield next;
        task.tell('next');
      } else if (isOver) break;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    await over;
  } finally {
    task.cancel();
  }
}

function nameOf(name: string): string {
  const stem = name.replace(/(\.(csv|tsv|txt|xml|jsonl?|gz|zip))+$/i, '');
  return words.exports.findingsName({ name: stem });
}
