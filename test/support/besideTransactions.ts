import { AsyncLocalStorage } from 'node:async_hooks';
import type { Services } from '../../server/platform/services.ts';

/**
 * One for all apps of a process: each that there is hands its store on with every promise that anything makes, so that a
 * hundred of them made everything after them ten times slower.
 */
const within = new AsyncLocalStorage<{ isOpen: boolean; sql: Client }>();

/**
 * Makes it an error to ask the pool for something, or for another transaction, from within a transaction. The embedded
 * database has one session: there whoever asks beside it waits for their own end, and everybody else waits with them. A
 * server would answer, by what was before the transaction, so no other test tells.
 */
export function refuseBesideTransactions({ db }: Pick<Services, 'db'>): void {
  const sql = (db as unknown as { $client: Client }).$client;
  const { unsafe, begin } = sql;
  const check = (what: string) => {
    const open = within.getStore();
    if (open?.isOpen && open.sql === sql) throw new Error(`Asked beside the transaction that is open: ${what}`);
  };
  sql.unsafe = (text, ...rest) => {
    check(text);
    return unsafe(text, ...rest);
  };
  sql.begin = (...args) => {
    check('begin');
    const body = args.at(-1) as (scope: unknown) => Promise<unknown>;
    const inside = (scope: unknown) => {
      const store = { isOpen: true, sql };
      return within.run(store, () => body(scope)).finally(() => (store.isOpen = false));
    };
    return begin(...args.slice(0, -1), inside);
  };
}

type Client = {
  unsafe: (text: string, ...rest: unknown[]) => unknown;
  begin: (...args: unknown[]) => unknown;
};
