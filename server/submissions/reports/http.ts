import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Router } from 'express';
import { attachment, servedType } from '../../files/queries.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import { httpErrors, refuse } from '../../platform/http/errors.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { ThreadEnded } from '../../platform/threads/threads.ts';
import { viewerOfLink } from '../../tokens/queries.ts';
import { words } from '../../words/en.ts';
import type { Part, RepairOrder } from './order.ts';
import { isMadeLinkValid, type MadeFile, madeFiles } from './queries.ts';
import { allFixes, repairedName, repairOrder, reportFileFacts } from './repair/queries.ts';

/**
 * `GET /findings/<submission id>?person=&expires=&signature=`: the rows of a file as CSV, with a last column that says
 * what is wrong with each; `/repaired/…` alike: a feed with all its repairs. As with files, the person's right is asked
 * again at the moment of download, and anything wrong looks like a file that never was. A thread makes it while it is sent.
 */
export function findingsRoutes(services: Services): Router {
  const router = express.Router();
  router.get(['/findings/:submissionId', '/repaired/:submissionId'], async (req, res) => {
    const made = await madeFor(services, req);
    if (!made) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set({
      'Content-Disposition': attachment(made.name),
      'Content-Type': servedType(made.name),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    });
    try {
      await pipeline(Readable.from(parts(services, made), { objectMode: false }), res);
    } catch (error) {
      const isGone = codeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE' || codeOf(error) === 'ECONNRESET';
      // Cut off in the middle: the reader sees that it is not whole.
      if (error instanceof ThreadEnded) services.log.error({ err: error }, made.kind);
      else if (!isGone) throw error;
    }
  });
  router.use(httpErrors(services));
  return router;
}

type Made = { kind: MadeFile; name: string; order: RepairOrder };

async function madeFor(services: Services, req: Request): Promise<Made | null> {
  const kind = madeFiles.find((one) => req.path.startsWith(`/${one}/`));
  const { submissionId } = req.params;
  const { person, expires, signature, ...rest } = req.query;
  if (!kind || typeof submissionId !== 'string' || Object.keys(rest).length > 0) return null;
  if (typeof person !== 'string' || typeof expires !== 'string' || typeof signature !== 'string') return null;
  if (!isMadeLinkValid(services, kind, { submissionId, personId: person, expires }, signature)) return null;
  const viewer = await viewerOfLink(services, person, req.headers);
  if (!viewer) return null;
  const ctx: Ctx = { ...services, viewer, loaders: new Map() };
  const fixes = kind === 'repaired' ? await allFixes(ctx, submissionId) : [];
  const order = await repairOrder(ctx, submissionId, { fixes, edits: [] });
  if (!order) return null;
  const { file, judge } = order;
  const name = kind === 'repaired' ? await repairedNameOf(ctx, submissionId, file.name) : findingsNameOf(file.name);
  return { kind, name, order: { file, judge, fixes, edits: [] } };
}

/** The thread makes the next part when one was taken: no more than a few wait in memory. */
async function* parts(services: Services, { kind, order }: Made): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  let wake = () => {};
  let isOver = false;
  const task = services.threads.start(kind, order, {
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

const knownEndings = /(\.(csv|tsv|txt|xml|jsonl?|gz|zip))+$/i;

function findingsNameOf(name: string): string {
  return words.exports.findingsName({ name: name.replace(knownEndings, '') });
}

/** What is repaired is unpacked: its name says so. */
async function repairedNameOf(ctx: Ctx, submissionId: string, name: string): Promise<string> {
  const unpacked = repairedName(name, await reportFileFacts(ctx.db, submissionId));
  const ending = knownEndings.exec(unpacked)?.[0] ?? '';
  return words.exports.repairedName({ name: unpacked.slice(0, unpacked.length - ending.length), ending });
}
