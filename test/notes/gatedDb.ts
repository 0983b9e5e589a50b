import type { Pool } from '../../server/notes/store.ts';
import type { Db } from '../../server/platform/database/transaction.ts';

/** A database whose inserts of updates can be held up or refused, and whose notes cannot be read, as a test wants it. */
export type GatedDb = {
  db: Db;
  /** Inserts wait until the answer is called. */
  hold(): () => void;
  /** Inserts are refused until the answer is called. Counts how often. */
  refuse(): { stop(): void; count(): number };
  /** Notes cannot be read until the answer is called. */
  keepFromReading(): () => void;
};

export function gatedDb(db: Db): GatedDb {
  const real = db as Pool;
  let held: Promise<void> | null = null;
  let isRefusing = false;
  let isUnreadable = false;
  let refused = 0;

  const unsafe = async (...given: Parameters<Pool['$client']['unsafe']>) => {
    await held;
    if (!isRefusing) return real.$client.unsafe(...given);
    refused += 1;
    throw lost();
  };
  const transaction: Db['transaction'] = async (...given) => {
    if (isUnreadable) throw lost();
    return real.transaction(...given);
  };
  const gated = new Proxy(real, {
    get: (target, name) =>
      name === '$client' ? { unsafe } : name === 'transaction' ? transaction : Reflect.get(target, name),
  });

  return {
    db: gated,
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = null;
        release();
      };
    },
    refuse() {
      isRefusing = true;
      const before = refused;
      return {
        stop() {
          isRefusing = false;
        },
        count: () => refused - before,
      };
    },
    keepFromReading() {
      isUnreadable = true;
      return () => {
        isUnreadable = false;
      };
    },
  };
}

function lost(): Error {
  return Object.assign(new Error('The connection was lost.'), { code: 'CONNECTION_CLOSED' });
}
