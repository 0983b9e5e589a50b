import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { accountCreate, companyCreate, personAdd } from '../../server/accounts/commands.ts';
import { accountsRoutes } from '../../server/accounts/http.ts';
import { accountsJobs } from '../../server/accounts/jobs.ts';
import { viewerFromCookie } from '../../server/accounts/queries.ts';
import type { Config } from '../../server/config.ts';
import { cspReports, security } from '../../server/platform/http/security.ts';
import { mailJobs } from '../../server/platform/mail/mail.ts';
import type { Services } from '../../server/platform/services.ts';
import type { FakeClock } from '../support/fakeClock.ts';
import { readMails, type TestMail } from '../support/mails.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** name=value of every cookie set. */
  cookies: string[];
  text: string;
  json: Record<string, unknown>;
};

export type Ask = { body?: unknown; raw?: string; headers?: Record<string, string>; cookie?: string; method?: string };

export type SignInApp = {
  readonly url: string;
  readonly services: Services;
  readonly clock: FakeClock;
  /** What stands in the job queue, as its rows hold it. */
  readonly enqueued: TestServices['enqueued'];
  /** What was printed in the terminal. */
  readonly printed: string[];
  readonly pm: string;
  readonly client: string;
  readonly accountId: string;
  /** Sends with exactly these headers, plus our own origin unless one is given. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  mails(): Promise<TestMail[]>;
  /** Asks for a link and reads it from the mail. */
  link(email?: string, ask?: Ask): Promise<{ id: string; token: string; browser: string; url: string }>;
  /** Walks the whole way and answers with the session's cookie. */
  signIn(email?: string, cookie?: string): Promise<string>;
  viewer(cookie: string): ReturnType<typeof viewerFromCookie>;
  close(): Promise<void>;
};

export const clientEmail = 'jana@nordlicht.example';
export const pmEmail = 'pavel@company.example';

/** Sign-in on a real port over a real database, without the rest of Slipway. */
export async function startSignInApp(config: Partial<Config> = {}, isSample = true): Promise<SignInApp> {
  const base = await startTestServices();
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const services: Services = {
    ...base,
    config: { ...base.config, ...config },
    publicOrigin: () => config.publicUrl ?? url,
  };
  const printed: string[] = [];
  mailJobs(
    services,
    async () => ({ name: null, replyTo: null }),
    (line) => printed.push(line),
  );
  accountsJobs(services);
  app.use(security(services), cspReports(services), accountsRoutes(services));

  await companyCreate(services, null, { name: 'Acme', timeZone: 'Europe/Prague', currency: 'EUR' });
  const { id: accountId } = (
    await accountCreate(services, null, { name: 'Nordlicht', website: 'https://nordlicht.example', timeZone: 'UTC' })
  ).value;
  const shared = { timeZone: 'Europe/Prague', isSample };
  const client = await personAdd(services, null, {
    ...shared,
    email: clientEmail,
    name: 'Jana',
    role: 'CLIENT_MEMBER',
    accountId,
  });
  const pm = await personAdd(services, null, { ...shared, email: pmEmail, name: 'Pavel', role: 'PM', accountId: null });

  async function ask(path: string, { body, raw, headers = {}, cookie, method }: Ask = {}): Promise<Answer> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const sent: Record<string, string> = { origin: config.publicUrl ?? url, host: `localhost:${port}` };
    if (payload !== undefined) Object.assign(sent, { 'content-type': 'application/json' });
    else if (method === 'POST') Object.assign(sent, { 'content-length': '0' });
    if (cookie !== undefined) Object.assign(sent, { cookie });
    for (const [name, value] of Object.entries(headers)) {
      if (value === '') delete sent[name];
      else sent[name] = value;
    }
    return send(port, path, method ?? (payload === undefined ? 'GET' : 'POST'), sent, payload);
  }

  async function mails() {
    await services.jobs.runDue();
    return readMails(join(services.config.dataDir, 'mail'));
  }

  const self: SignInApp = {
    url,
    services,
    clock: base.clock,
    enqueued: base.enqueued,
    printed,
    pm: pm.value.id,
    client: client.value.id,
    accountId,
    ask,
    mails,
    async link(email = clientEmail, options = {}) {
      const answer = await ask('/auth/link', { body: { email }, ...options });
      if (answer.status !== 202) throw new Error(`/auth/link answered ${answer.status} ${answer.text}`);
      const mail = (await mails()).at(-1);
      const link = new URL(/https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none/');
      const { id = '', token = '' } = Object.fromEntries(link.searchParams);
      return { id, token, browser: answer.cookies.join('; '), url: link.href };
    },
    async signIn(email, cookie) {
      const { id, token, browser } = await self.link(email);
      const cookies = [browser, cookie].filter(Boolean).join('; ');
      const answer = await ask('/auth/session', { body: { id, token }, cookie: cookies });
      if (answer.status !== 200) throw new Error(`/auth/session answered ${answer.status} ${answer.text}`);
      return answer.cookies.join('; ');
    },
    viewer: (cookie) => viewerFromCookie(services, cookie),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await base.close();
    },
  };
  return self;
}

function send(port: number, path: string, method: string, headers: Record<string, string>, body?: string) {
  return new Promise<Answer>((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const cookies = (res.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
        const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
        resolve({ status: res.statusCode ?? 0, headers: res.headers, cookies, text, json });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}
