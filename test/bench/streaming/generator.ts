import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

/*
 * Subscribers in a process of their own: `generator.ts PLAN` opens a socket per line of the plan, follows, and counts.
 * It reads commands, a line each, and answers with a line of JSON:
 *   wait N     when every subscriber stands at position N, or has stood still for 30 seconds
 *   count      what came since it was last asked
 */
export type Plan = {
  url: string;
  origin: string;
  /** One a subscriber; empty for a server that asks for none. */
  cookies: string[];
  query: string;
  variables: Record<string, unknown>;
  /** Null: from now on. */
  after: number | null;
};
export type Count = {
  deliveries: number;
  connected: number;
  /** Positions that came twice, out of order, or after a gap. */
  wrong: number;
  /** Subscribers that were told to load everything anew. */
  reloads: number;
  atMs: number[];
  cpuMs: number;
  /** Where the slowest subscriber stands. */
  lowest: number;
  /** From the loss of the first socket to the last one back and caught up; null where none was lost. */
  backMs: number | null;
};

const plan = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Plan;
const openAtOnce = 50;

let deliveries = 0;
let wrong = 0;
let reloads = 0;
let latencies: number[] = [];
let lostAt: number | null = null;
let backAt: number | null = null;
let cpuBefore = process.cpuUsage();

class Subscriber {
  last = plan.after;
  isCaughtUp = false;
  tries = 0;
  readonly #number: number;
  readonly #cookie: string | undefined;

  constructor(number: number, cookie: string | undefined) {
    this.#number = number;
    this.#cookie = cookie;
  }

  open(): void {
    const headers = { origin: plan.origin, ...(this.#cookie ? { cookie: this.#cookie } : {}) };
    const socket = new WebSocket(plan.url, 'graphql-transport-ws', { headers, perMessageDeflate: false });
    const id = '0195f7a2-3c4d-7e5f-8a6b-1c2d3e4f5a6b';
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"connection_ack"')) {
        const payload = { query: plan.query, variables: { ...plan.variables, after: this.last } };
        socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
      } else if (text.includes('"type":"next"')) this.#take(text);
      else if (text.includes('"type":"ping"')) socket.send('{"type":"pong"}');
      else if (text.includes('"type":"error"') || text.includes('"type":"complete"')) socket.close();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      lostAt ??= performance.now();
      this.isCaughtUp = false;
      this.tries += 1;
      // As the client waits: doubled each time, and spread by half.
      const wait = Math.min(10_000, 250 * 2 ** this.tries);
      setTimeout(() => this.open(), wait / 2 + (Math.random() * wait) / 2);
    });
  }

  #take(text: string): void {
    const position = Number(/"position":(\d+)/.exec(text)?.[1]);
    if (text.includes('"__typename":"Change"')) {
      deliveries += 1;
      if (this.last !== null && position !== this.last + 1) wrong += 1;
      this.last = position;
      // Every twentieth subscriber keeps the time.
      const at = this.#number % 20 === 0 ? /"at":"([^"]+)"/.exec(text)?.[1] : undefined;
      if (at) latencies.push(Date.now() - Date.parse(at));
    } else if (text.includes('"__typename":"CaughtUp"')) {
      this.last = position;
      this.isCaughtUp = true;
      this.tries = 0;
      if (lostAt !== null && subscribers.every((one) => one.isCaughtUp)) backAt = performance.now();
    } else if (text.includes('"__typename":"Reload"')) reloads += 1;
  }
}

const subscribers = plan.cookies.map((cookie, number) => new Subscriber(number, cookie || undefined));
for (let i = 0; i < subscribers.length; i += openAtOnce) {
  const some = subscribers.slice(i, i + openAtOnce);
  for (const one of some) one.open();
  while (!some.every((one) => one.isCaughtUp)) await new Promise((resolve) => setTimeout(resolve, 10));
}

const lowest = () => Math.min(...subscribers.map((one) => one.last ?? 0));

function count(): Count {
  const cpu = process.cpuUsage(cpuBefore);
  const told: Count = {
    deliveries,
    connected: subscribers.filter((one) => one.isCaughtUp).length,
    wrong,
    reloads,
    atMs: latencies,
    cpuMs: (cpu.user + cpu.system) / 1_000,
    lowest: lowest(),
    backMs: lostAt !== null && backAt !== null ? backAt - lostAt : null,
  };
  deliveries = 0;
  wrong = 0;
  reloads = 0;
  latencies = [];
  cpuBefore = process.cpuUsage();
  return told;
}

async function reached(position: number): Promise<void> {
  let stoodAt = lowest();
  let since = performance.now();
  while (lowest() < position || !subscribers.every((one) => one.isCaughtUp)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (lowest() !== stoodAt) [stoodAt, since] = [lowest(), performance.now()];
    if (performance.now() - since > 30_000) return;
  }
}

count();
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  if (command === 'wait') await reached(Number(argument));
  console.log(JSON.stringify(count()));
}
