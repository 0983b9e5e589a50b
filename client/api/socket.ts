import { type Client, createClient } from 'graphql-ws';

const firstWaitMs = 250;
const longestWaitMs = 10_000;
/** A page that is looked at tries within a few seconds. */
const longestVisibleWaitMs = 4_000;
const pingEveryMs = 12_000;
const pongWithinMs = 5_000;

/** Doubles from a quarter of a second to `longestMs`, and spreads by half, so that a restart of the server brings no herd. */
export function reconnectWaitMs(
  retries: number,
  random: () => number = Math.random,
  longestMs = longestWaitMs,
): number {
  const wait = Math.min(longestMs, firstWaitMs * 2 ** retries);
  return wait / 2 + random() * (wait / 2);
}

/** Waits out the pause before the next attempt, or less when the network comes back or the person looks at the page again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      document.removeEventListener('visibilitychange', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    document.addEventListener('visibilitychange', done);
  });
}

/** The one graphql-ws connection of this page. It opens with the first subscription and comes back by itself. */
export function createSocket(url: string): Client {
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => pause(reconnectWaitMs(retries, Math.random, longestNow())),
    on: {
      // A lost network closes no socket: only a ping without an answer shows it.
      ping: (received) => {
        if (!received) unanswered = setTimeout(() => socket.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(unanswered);
      },
      closed: () => clearTimeout(unanswered),
    },
  });
  // It says so long before a ping goes unanswered. A server on this very device answers the next attempt all the same.
  window.addEventListener('offline', () => socket.terminate());
  return socket;
}

function longestNow(): number {
  return document.visibilityState === 'visible' ? longestVisibleWaitMs : longestWaitMs;
}
