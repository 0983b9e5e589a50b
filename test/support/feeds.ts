import { randomUUID } from 'node:crypto';
import { patch } from '../files/delivering.ts';
import { eventually } from './eventually.ts';
import type { Session } from './session.ts';

/** An input that asks for a product feed, checked as one. */
export const aFeed = {
  key: 'feed',
  label: 'Product feed',
  spec: {
    kind: 'FILE',
    acceptedExtensions: ['.csv'],
    check: { rules: 'product-feed', profile: null, threshold: 0.95, declared: {} },
  },
};

const head = 'id,title,description,link,image_link,availability,price,brand,mpn,condition\n';

/** A feed of mugs as CSV: the first rows have prices with a decimal comma, the next ones an availability of their own. */
export function feedText({
  rows,
  decimalCommas = 0,
  ownWords = 0,
}: {
  rows: number;
  decimalCommas?: number;
  ownWords?: number;
}): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const id = index + 1;
    const price = index < decimalCommas ? '"12,90 EUR"' : '12.90 EUR';
    const isOwn = index >= decimalCommas && index < decimalCommas + ownWords;
    const availability = isOwn ? 'ask us in the shop' : 'in_stock';
    return `SKU${id},Blue mug no ${id},A blue mug that holds a third of a litre of tea,https://shop.example/p/${id},https://shop.example/i/${id}.jpg,${availability},${price},Nordlicht,M-${id},new\n`;
  });
  return head + lines.join('');
}

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id file { id } } userErrors { code } }
}`;
const finishText = `mutation ($id: ID!, $input: SubmissionFinishInput!) {
  submissionFinish(id: $id, input: $input) { userErrors { code } }
}`;
const judgedText = `query ($id: ID!) { node(id: $id) { ... on Submission { state report { state } } } }`;

/** Delivers a file for a task as its client would, and waits until it is judged. The answer is the submission's id. */
export async function deliverFeed(session: Session, taskId: string, text: string): Promise<string> {
  const file = { name: 'products.csv', sizeBytes: Buffer.byteLength(text) };
  const input = { taskId, idempotencyKey: randomUUID(), file };
  const { submissionCreate } = await session.ask(createText, { input });
  const { id, file: begun } = submissionCreate.submission;
  await patch(session, begun.id, 0, text);
  const { task } = await session.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: taskId });
  await session.ask(finishText, { id, input: { revision: task.revision } });
  await eventually(async () => {
    const { node } = await session.ask(judgedText, { id });
    return node.state !== 'VALIDATING' && node.report?.state === 'DONE';
  }, 20_000);
  return id;
}
