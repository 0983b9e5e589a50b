import { existsSync, readdirSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { files, reports, submissions, taskInputs } from '../../drizzle/schema/index.ts';
import { buildJob } from '../../server/firstLook/run/commands.ts';
import type { GuardOptions } from '../../server/platform/fetching/guardedFetch.ts';
import { feedRun } from '../../server/submissions/feeds/run.ts';
import { checkSpec } from '../../server/submissions/fetching/spec.ts';
import { inputs } from '../support/taskWithInputs.ts';
import { deliverUrl } from './inputsWorld.ts';
import { aFeed, startReportsWorld } from './reportsWorld.ts';

export const anAddress = {
  key: 'feed',
  label: 'Product feed',
  spec: { kind: 'URL', check: aFeed.spec.check, everyMinutes: 60 },
};

export type FeedsWorld = Awaited<ReturnType<typeof startFeedsWorld>>;

/** A shop on this machine that answers as shop.test, and an installation that may fetch from it. */
export async function startFeedsWorld() {
  const shop = {
    answer: ((_, res) => void res.end()) as RequestListener,
    /** What it was asked since the test began to look. */
    asked: [] as { url: string; headers: IncomingHttpHeaders }[],
    port: 0,
    /** It answers everybody with this. */
    gives(text: string, headers: Record<string, string> = {}) {
      const all = { 'content-type': 'text/csv', etag: '"1"', ...headers };
      shop.answer = (_, res) => void res.writeHead(200, all).end(text);
    },
  };
  const server: Server = createServer((req, res) => {
    shop.asked.push({ url: req.url ?? '', headers: req.headers });
    shop.answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  shop.port = (server.address() as AddressInfo).port;
  const fetching: GuardOptions = {
    allowedPorts: [shop.port],
    isPublic: (address) => address === '127.0.0.1',
    resolve: async (name) => (name.endsWith('.test') ? ['127.0.0.1'] : []),
  };
  const w = await startReportsWorld({ fetching });
  const { db } = w.app.services;
  // What is kept is counted here, and the index of a first look is a blob of its own, made whenever its turn comes.
  const { jobs } = w.app.services;
  const { enqueue } = jobs;
  const others: typeof enqueue = async (tx, kind, payload) => {
    if (kind !== buildJob) await enqueue(tx, kind, payload);
  };
  Object.assign(jobs, { enqueue: others });

  /** A feed that no check of its own fetches, and what one does with it. */
  async function aFeedOf(auth: { user: string; password: string } | null = null) {
    const task = await w.task({}, { ...anAddress, spec: { kind: 'URL' } });
    const url = `http://shop.test:${shop.port}/export/products.csv?key=k3y`;
    const finished = await deliverUrl(w.member, task.id, task.inputs[0]!.id, url);
    const submissionId = finished.submission.id as string;
    const spec = inputs(anAddress)[0]!.spec;
    await db.update(taskInputs).set({ spec }).where(eq(taskInputs.taskId, task.id));
    let [last, failures]: [unknown, number] = [null, 0];
    async function pull() {
      const feed = checkSpec.parse({ kind: 'FEED', url, auth, last, failures });
      if (feed.kind !== 'FEED') throw new Error('no feed');
      const result = await feedRun(w.app.services, { submissionId, spec: feed });
      if (result.facts.kind !== 'FEED') throw new Error('no feed');
      [last, failures] = [result.facts.last, result.facts.feed.failures];
      return { ...result, facts: result.facts, rules: result.findings.map(({ rule }) => rule) };
    }
    const reportNow = async () =>
      (await db.select().from(reports).where(eq(reports.submissionId, submissionId)))[0] ?? null;
    const fileNow = async () => {
      const [row] = await db
        .select({ file: files })
        .from(submissions)
        .innerJoin(files, eq(files.id, submissions.fileId))
        .where(eq(submissions.id, submissionId));
      return row?.file ?? null;
    };
    return { task, submissionId, url, pull, reportNow, fileNow };
  }

  /** Everything that is kept of files: rows of fetched ones, bytes under way, blobs. */
  async function keptNow() {
    const under = (folder: string) => {
      const path = join(w.app.config.dataDir, folder);
      if (!existsSync(path)) return 0;
      return readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
    };
    const rows = await db.select().from(files).where(eq(files.purpose, 'FETCHED'));
    return { rows: rows.length, uploads: under('uploads'), blobs: under('blobs') };
  }

  return {
    ...w,
    ...{ shop, fetching, aFeedOf, keptNow },
    async close() {
      server.closeAllConnections();
      server.close();
      await w.close();
    },
  };
}
