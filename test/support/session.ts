import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What GraphQL answered, with the HTTP status. */
export type GqlAnswer<T> = {
  status: number;
  data: T | null;
  errors: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
};

export type Subscription<T> = {
  /** The next message; fails when none comes within `ms`. */
  next(ms?: number): Promise<T>;
  /** Messages that came and were not taken yet. */
  waiting(): number;
  stop(): void;
};

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know what they asked for
type Loose = any;

/** One signed-in browser, or an anonymous one: a cookie, and everything that came back through it. */
export class Session {
  readonly #sockets: Client[] = [];
  readonly #received: string[] = [];

  constructor(
    readonly url: string,
    readonly cookie: string,
    readonly personId: string | null,
    /** The secret of an API token: then it is a program that asks, without a cookie and without an origin. */
    readonly secret: string | null = null,
  ) {}

  /** Headers as the browser sends them from our own page; of a program with a token, that token alone. */
  get headers(): Record<string, string> {
    if (this.secret !== null) return { authorization: `Bearer ${this.secret}` };
    return { origin: this.url, ...(this.cookie === '' ? {} : { cookie: this.cookie }) };
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.url), {
      redirect: 'manual',
      ...init,
      headers: { ...this.headers, ...(init.headers as Record<string, string> | undefined) },
    });
    const bytes = Buffer.from(await response.clone().arrayBuffer());
    this.#received.push(
      [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
      bytes.toString('latin1'),
    );
    this.#received.push(bytes.toString('utf8'));
    return response;
  }

  async gql<T = Loose>(query: string, variables: Record<string, unknown> = {}): Promise<GqlAnswer<T>> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: T | null; errors?: GqlAnswer<T>['errors'] };
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** As `gql`, for what must not fail: throws with the errors when there are any. */
  async ask<T = Loose>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { status, data, errors } = await this.gql<T>(query, variables);
    if (errors.length > 0 || data === null) throw new Error(`GraphQL answered ${status}: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Subscribes over a real graphql-ws socket with the session's cookie. */
  subscribe<T = Loose>(query: string, variables: Record<string, unknown> = {}): Subscription<T> {
    const headers = this.headers;
    const received = this.#received;
    class CookieSocket extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers });
        this.on('message', (data) => received.push(data.toString()));
      }
    }
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: CookieSocket,
      retryAttempts: 0,
      lazy: true,
    });
    this.#sockets.push(client);

    const arrived: T[] = [];
    const takers: { resolve: (value: T) => void; reject: (error: Error) => void }[] = [];
    let ended: Error | null = null;
    const finish = (error: Error) => {
      ended = error;
      for (const taker of takers.splice(0)) taker.reject(error);
    };
    const stop = client.subscribe<T>(
      { query, variables },
      {
        next(message) {
          if (message.errors) return finish(new Error(`Subscription answered: ${JSON.stringify(message.errors)}`));
          const taker = takers.shift();
          if (taker) taker.resolve(message.data as T);
          else arrived.push(message.data as T);
        },
        error: (error) => finish(new Error(`Subscription ended: ${describe(error)}`)),
        complete: () => finish(new Error('Subscription completed.')),
      },
    );

    return {
      next(ms = 15_000) {
        const first = arrived.shift();
        if (first !== undefined) return Promise.resolve(first);
        if (ended) return Promise.reject(ended);
        return new Promise<T>((resolve, reject) => {
          const taker = { resolve: settle(resolve), reject: settle(reject) };
          const timer = setTimeout(() => {
            takers.splice(takers.indexOf(taker), 1);
            reject(new Error(`No message of the subscription within ${ms} ms.`));
          }, ms);
          function settle<V>(act: (value: V) => void) {
            return (value: V) => {
              clearTimeout(timer);
              act(value);
            };
          }
          takers.push(taker);
        });
      },
      waiting: () => arrived.length,
      stop,
    };
  }

  /** Everything received through this session so far, to be scanned for what must never arrive. */
  bytesSeen(): string {
    return this.#received.join('\n');
  }

  /** Remembers bytes that came by another way, such as a note's socket. */
  saw(bytes: string): void {
    this.#received.push(bytes);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.map((client) => client.dispose()));
  }
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  const close = error as { code?: number; reason?: string };
  return close.code === undefined ? JSON.stringify(error) : `${close.code} ${close.reason ?? ''}`;
}

/** Where a canary shows in what was received; empty when it never arrived. */
export function canariesIn(text: string, canaries: readonly string[]): string[] {
  return canaries.filter((canary) => text.includes(canary));
}
