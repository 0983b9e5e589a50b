import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { checks, events } from '../../drizzle/schema/index.ts';
import type { Config } from '../../server/config.ts';
import { startDns, type TestDns, type Zone } from '../support/dnsServer.ts';
import { eventually } from '../support/eventually.ts';
import { hereOnly } from '../support/hereOnly.ts';
import type { Session } from '../support/session.ts';
import { type InputsWorld, key, startInputsWorld } from './inputsWorld.ts';

export const aZone: Zone = {
  'shop.test': ['NS ns.shop.test', 'SOA ns.shop.test 300', 'TXT v=spf1 -all'],
  'ns.shop.test': ['A 127.0.0.1'],
  'u1.sender.test': ['A 203.0.113.9'],
};
export const withRecord: Zone = { ...aZone, 'em.shop.test': ['CNAME u1.sender.test'] };

export const aDomain = (everyMinutes: number | null = null) => {
  const records = [{ type: 'CNAME', name: 'em', target: 'u1.sender.test' }];
  return {
    key: 'domain',
    label: 'Your sending domain',
    spec: { kind: 'CHECK', check: { of: 'DNS', records }, everyMinutes },
  };
};
export const aWebhook = {
  key: 'hook',
  label: 'Where orders are told',
  spec: { kind: 'CHECK', check: { of: 'WEBHOOK' } },
};

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id state url } secret userErrors { code field message } }
}`;
const finishText = `mutation ($id: ID!, $revision: Int!) {
  submissionFinish(id: $id, input: { revision: $revision }) {
    submission { id version state } task { id state revision } userErrors { code field }
  }
}`;
export const againText = `mutation ($id: ID!, $key: String!) {
  checkAgain(id: $id, input: { idempotencyKey: $key }) { submission { id check { isRunning } } userErrors { code field } }
}`;
export const checkText = `query ($id: ID!) { node(id: $id) { ... on Submission {
  id version kind state url task { state reason { text by { name } } }
  check {
    of subject standing standingSince isRunning isEnded hasPassed lastAt nextAt everyMinutes hasSecret
    pages { url type } appeared { rule title } mended { rule title } viewerCan { checkAgain }
    lastRun {
      at result verdict findingCount isRendered
      findings { rule severity title message at expected found fix count marks { at expected found fix message } }
    }
    runs(first: 100) { nodes { result } pageInfo { hasNextPage } }
  }
} } }`;

export type ChecksWorld = Awaited<ReturnType<typeof startChecksWorld>>;

/** A project whose tasks ask for what is looked at, with a name server and a web server of this machine. */
export async function startChecksWorld(
  answer: RequestListener = (_, res) => void res.writeHead(404).end(),
  config: Partial<Config> = {},
) {
  const dns: TestDns = await startDns(aZone);
  const server = createServer((req, res) => web.answer(req, res));
  const web = { answer };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const w: InputsWorld = await startInputsWorld({
    config: { dnsResolvers: [dns.address], ...config },
    fetching: {
      allowedPorts: [port],
      ...hereOnly,
      dns: { ownersPort: dns.port, isPublic: hereOnly.isPublic, timeoutMs: 500, tries: 1 },
    },
  });
  const { db, jobs } = w.app.services;

  const create = async (session: Session, taskId: string, check: object, more: object = {}) =>
    (await session.ask(createText, { input: { taskId, idempotencyKey: key(), check, ...more } })).submissionCreate;
  const finish = async (session: Session, id: string, taskId: string) =>
    (await session.ask(finishText, { id, revision: (await w.taskNow(taskId)).revision })).submissionFinish;
  const seen = async (session: Session, id: string) => (await session.ask(checkText, { id })).node;
  const checkRow = async (submissionId: string) =>
    (await db.select().from(checks).where(eq(checks.submissionId, submissionId)))[0]!;

  /** Hands it in, and waits for its verdict. */
  async function deliver(session: Session, taskId: string, check: object): Promise<string> {
    const { submission, userErrors } = await create(session, taskId, check);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    await finish(session, submission.id, taskId);
    await settled(submission.id);
    return submission.id;
  }
  /** Nobody waits for a run any more. */
  const settled = (id: string) => eventually(async () => !(await checkRow(id)).isRunning, 20_000);
  const again = async (session: Session, id: string) => (await session.ask(againText, { id, key: key() })).checkAgain;

  /** Lets the clock reach the next run, and waits until it is written down. */
  async function nextRun(id: string): Promise<void> {
    const before = await checkRow(id);
    w.app.clock.set(new Date(before.nextAt!.getTime() + 1));
    await jobs.runDue();
    await eventually(async () => (await checkRow(id)).lastAt?.getTime() !== before.lastAt?.getTime(), 20_000);
  }
  const kindsOf = async (taskId: string) =>
    (await db.select().from(events).where(eq(events.taskId, taskId)).orderBy(events.seq)).map(({ kind }) => kind);

  return {
    ...w,
    ...{ dns, web, at: `http://shop.test:${port}` },
    ...{ create, finish, seen, checkRow, deliver, settled, again, nextRun, kindsOf },
    async close() {
      await w.close();
      await dns.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
