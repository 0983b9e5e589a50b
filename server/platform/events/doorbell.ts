import type { Bus, Topic } from '../bus/bus.ts';

/** What ended a wait: somebody rang, the time was up, or the reader went away. */
export type Woken = 'rung' | 'timeout' | 'closed';

export type Doorbell = {
  /** Resolves at once when somebody rang since the last wait. */
  wait(timeoutMs: number): Promise<Woken>;
  close(): void;
};

/** Listens from now on: open it before reading the log, so that what commits in between rings. */
export function openDoorbell(bus: Bus, topic: Topic): Doorbell {
  let isRung = false;
  let isClosed = false;
  let wake: ((woken: Woken) => void) | null = null;

  const stop = bus.on(topic, () => {
    isRung = true;
    wake?.('rung');
  });

  return {
    async wait(timeoutMs) {
      if (isClosed) return 'closed';
      if (!isRung) {
        let timer: NodeJS.Timeout | undefined;
        const woken = await new Promise<Woken>((resolve) => {
          wake = resolve;
          timer = setTimeout(() => resolve('timeout'), timeoutMs);
        });
        clearTimeout(timer);
        wake = null;
        if (woken !== 'rung') return woken;
      }
      isRung = false;
      return 'rung';
    },
    close() {
      isClosed = true;
      stop();
      wake?.('closed');
    },
  };
}

/** An async iterator whose `return` does not wait for the pending `next`: it closes the bell, which ends the wait. */
export function closable<T>(generator: AsyncGenerator<T, void, void>, close: () => void): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return: () => {
      close();
      return generator.return();
    },
    throw: (error: unknown) => {
      close();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
