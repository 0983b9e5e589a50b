import { uuidv7 } from 'uuidv7';
import type { TestApp } from '../support/app.ts';
import { mailTo } from '../support/mails.ts';
import { Session } from '../support/session.ts';

const handOver = `mutation ($id: ID!, $input: TaskHandOverInput!) { taskHandOver(id: $id, input: $input) {
  task { id handover { state email expiresAt openedAt answer by { name } guest { name } } viewerCan { handOver takeBack } }
  userErrors { code field message } position } }`;
const takeBack =
  'mutation ($id: ID!) { taskTakeBack(id: $id) { task { id handover { state } } userErrors { code } position } }';

export type Given = { email?: string; message?: string; until?: string; idempotencyKey?: string };

/** Hands a task over; what the act came to. */
export async function hand(session: Session, taskId: string, { email = 'dev@agency.example', ...rest }: Given = {}) {
  const input = { email, idempotencyKey: uuidv7(), ...rest };
  return (await session.ask(handOver, { id: taskId, input })).taskHandOver;
}

export async function takeTaskBack(session: Session, taskId: string) {
  return (await session.ask(takeBack, { id: taskId })).taskTakeBack;
}

export type Link = { id: string; token: string };

/** The link of the newest mail to an address. */
export async function linkTo(app: TestApp, email = 'dev@agency.example'): Promise<Link> {
  const { text } = await mailTo(app, email);
  const [, id = '', token = ''] = /\/guest\/([0-9a-f-]{36})\?token=([\w-]+)/.exec(text) ?? [];
  if (token === '') throw new Error(`No link in:\n${text}`);
  return { id, token };
}

/** A browser of somebody who is nobody here. */
export class Guest {
  session: Session;

  constructor(
    readonly app: TestApp,
    cookie = '',
  ) {
    this.session = new Session(app.url, cookie, null);
  }

  async post(path: string, body: unknown = {}): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.session.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.session = new Session(this.app.url, cookie.split(';')[0] ?? '', null);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  look({ id, token }: Link) {
    return this.post(`/handed/${id}/look`, { token });
  }

  open({ id, token }: Link, { email = 'dev@agency.example', name = 'Dana Dev' } = {}) {
    return this.post(`/handed/${id}/open`, { token, email, name });
  }

  act(id: string, act: string, body: unknown = {}) {
    return this.post(`/handed/${id}/${act}`, body);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the page is looked into by tests that know what they asked for
  async page(id: string): Promise<{ status: number; body: any }> {
    const response = await this.session.fetch(`/handed/${id}`);
    return { status: response.status, body: await response.json() };
  }

  /** The lines that an open page is told, as they come; `ended` once the server hung up. */
  async follow(id: string): Promise<{ told: string[]; isOver: () => boolean; stop: () => void }> {
    const stopping = new AbortController();
    const response = await fetch(`${this.app.url}/handed/${id}/changes`, {
      headers: this.session.headers,
      signal: stopping.signal,
    });
    const told: string[] = response.ok ? [] : [`refused ${response.status}`];
    let over = !response.ok;
    const read = async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        told.push(
          ...[
            ...Buffer.from(chunk)
              .toString()
              .matchAll(/event: (\w+)/g),
          ].map((match) => match[1] ?? ''),
        );
      }
    };
    if (response.ok)
      void read()
        .catch(() => {})
        .finally(() => {
          over = true;
        });
    return { told, isOver: () => over, stop: () => stopping.abort() };
  }
}

/** Hands a task over and opens it in a browser of its own. */
export async function guestOn(app: TestApp, giver: Session, taskId: string, email = 'dev@agency.example') {
  const { userErrors } = await hand(giver, taskId, { email });
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const link = await linkTo(app, email);
  const guest = new Guest(app);
  const opened = await guest.open(link, { email });
  if (opened.status !== 200) throw new Error(JSON.stringify(opened));
  return { guest, ...link };
}
