import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumArguments, chromiumEnvironment, type Owner, ownersFor } from './arguments.ts';
import { watchMemory } from './memory.ts';

export type DevtoolsEvent = { method: string; params: Record<string, unknown>; sessionId?: string };
type Answer = Record<string, unknown>;

/** A Chromium of our own, spoken to over two pipes: no port of this machine is open for it. */
export type Chromium = {
  send(method: string, params?: object, sessionId?: string): Promise<Answer>;
  onEvent(listener: (event: DevtoolsEvent) => void): void;
  isOver(): boolean;
  /** The last that it complained of. */
  complaint(): string;
  /** Ends it and everything that it started, and takes its profile away. */
  close(): Promise<void>;
};

/** It ended, by itself or by us; or what it said was no end of talking. */
export class ChromiumEnded extends Error {}

/** The longest message that is taken: a page as text is at most a tenth of it. */
const maxMessageBytes = 64_000_000;
const maxMemoryBytes = 1_500_000_000;
const startMs = 30_000;
const maxComplaint = 1_000;

/** Starts it with an empty profile. Throws when the program cannot run here. */
export async function startChromium(path: string, signal: AbortSignal): Promise<Chromium> {
  let failure: unknown;
  let said = '';
  for (const owner of ownersFor(process.getuid?.())) {
    signal.throwIfAborted();
    const chromium = await begin(path, owner);
    const late = setTimeout(() => void chromium.close(), startMs);
    try {
      await chromium.send('Browser.getVersion');
      return chromium;
    } catch (error) {
      failure = error;
      await chromium.close();
      said = chromium.complaint();
    } finally {
      clearTimeout(late);
    }
  }
  throw new Error(`Chromium at ${path} does not start: ${said.trim()}`, { cause: failure });
}

async function begin(path: string, { ids, hasSandbox }: Owner): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'slipway-page-'));
  if (ids) chownSync(profile, ids.uid, ids.gid);
  const child = spawn(path, chromiumArguments(profile, hasSandbox), {
    cwd: profile,
    env: chromiumEnvironment(profile),
    // A group of its own, so that all of it can be ended at once.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    ...ids,
  });
  return talkTo(child, profile);
}

function talkTo(child: ChildProcess, profile: string): Chromium {
  const [, , , toIt, fromIt] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  const listeners: ((event: DevtoolsEvent) => void)[] = [];
  let lastId = 0;
  let isOver = false;
  let complaint = '';
  let closed: Promise<void> | null = null;
  const stopWatching = child.pid === undefined ? () => {} : watchMemory(child.pid, maxMemoryBytes, kill);

  function over(): void {
    isOver = true;
    stopWatching();
    for (const { reject } of waiting.values()) reject(new ChromiumEnded());
    waiting.clear();
  }
  function kill(): void {
    over();
    // By the number of the group that we started, and of nothing else.
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended this very moment.
    }
  }
  function heard(text: string): void {
    const message = JSON.parse(text) as { id?: number; result?: Answer; error?: { message: string } } & DevtoolsEvent;
    if (message.id === undefined) {
      for (const listener of listeners) listener(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result ?? {});
  }
  cutAtNul(fromIt, heard, kill);
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-maxComplaint);
  });
  // Whoever is ended while it is spoken to: that it is over is told to whoever waits.
  toIt.on('error', over);
  child.on('error', over);
  const gone = once(child, 'exit').then(over, over);

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (isOver) return reject(new ChromiumEnded());
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        toIt.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      }),
    onEvent: (listener) => void listeners.push(listener),
    isOver: () => isOver,
    complaint: () => complaint,
    close() {
      closed ??= (async () => {
        kill();
        if (child.pid !== undefined) await gone;
        await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      })();
      return closed;
    },
  };
}

/** Messages end with a NUL. One that does not end is not waited for. */
function cutAtNul(stream: Readable, heard: (text: string) => void, tooMuch: () => void): void {
  let parts: Buffer[] = [];
  let length = 0;
  stream.on('error', tooMuch);
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...parts, chunk.subarray(from, at)]).toString('utf8');
      parts = [];
      length = 0;
      from = at + 1;
      heard(text);
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > maxMessageBytes) tooMuch();
  });
}
