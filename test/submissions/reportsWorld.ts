import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { events } from '../../drizzle/schema/index.ts';
import { patch } from '../files/delivering.ts';
import type { TestAppOptions } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { type InputsWorld, startInputsWorld } from './inputsWorld.ts';

export const aFeed = {
  key: 'feed',
  label: 'Product feed',
  spec: {
    kind: 'FILE',
    acceptedExtensions: ['.csv'],
    check: { rules: 'product-feed', profile: null, threshold: 0.95, declared: {} },
  },
};
export const head = 'id,title,description,link,image_link,availability,price,brand,mpn,condition\n';
const row = (id: number, price = '12.90 EUR') =>
  `SKU${id},Blue stoneware mug with handle no ${id},A blue mug that holds a third of a litre of tea,https://shop.example/p/${id},https://shop.example/i/${id}.jpg,in_stock,${price},Nordlicht,M-${id},new\n`;
export const feed = (rows: number, broken: number) =>
  head + Array.from({ length: rows }, (_, i) => row(i + 1, i < broken ? '"12,90 EUR"' : undefined)).join('');

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id file { id } } userErrors { code field } }
}`;
const finishText = `mutation ($id: ID!, $revision: Int!) {
  submissionFinish(id: $id, input: { revision: $revision }) {
    submission { id version state } task { id state revision } userErrors { code field }
  }
}`;
export const submissionText = `query ($id: ID!) { node(id: $id) { ... on Submission {
  id version state viewerCan { accept recheck repair } repairs repairOf { id } acceptance { reason by { name } }
  task { state revision }
  report {
    state verdict rows valid threshold errors warnings isReadable asks findingCount findingsUrl sameAs { id version }
    delta { version before after fixed new still }
    file { format encoding delimiter }
    columns { source column how } knownColumns { name }
    findings { rule severity column count fixable title samples(first: 3) { row line column value message fixed } }
  }
} } }`;

export type ReportsWorld = Awaited<ReturnType<typeof startReportsWorld>>;

/** A project whose tasks ask for files that are checked, with what one does with them. */
export async function startReportsWorld(options: TestAppOptions = {}) {
  const w: InputsWorld = await startInputsWorld(options);

  async function begin(session: Session, taskId: string, sizeBytes: number, name = 'products.csv') {
    const input = { taskId, idempotencyKey: randomUUID(), file: { name, sizeBytes } };
    const { submissionCreate } = await session.ask(createText, { input });
    return { id: submissionCreate.submission.id as string, fileId: submissionCreate.submission.file.id as string };
  }
  const seen = async (session: Session, id: string) => (await session.ask(submissionText, { id })).node;
  const finish = async (session: Session, id: string, taskId: string) =>
    (await session.ask(finishText, { id, revision: (await w.taskNow(taskId)).revision })).submissionFinish;

  async function deliver(session: Session, taskId: string, text: string) {
    const { id, fileId } = await begin(session, taskId, Buffer.byteLength(text));
    expect((await patch(session, fileId, 0, text)).status).toBe(204);
    const finished = await finish(session, id, taskId);
    expect(finished.userErrors).toEqual([]);
    return id;
  }
  const judged = (session: Session, id: string) =>
    eventually(async () => {
      const now = await seen(session, id);
      return now.report?.state === 'DONE' && now.state !== 'VALIDATING' && now;
    }, 20_000);
  const kindsOf = async (taskId: string) =>
    (await w.app.services.db.select().from(events).where(eq(events.taskId, taskId)).orderBy(events.seq)).map(
      (one) => one.kind,
    );

  return { ...w, begin, seen, finish, deliver, judged, kindsOf };
}
