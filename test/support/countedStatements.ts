import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../../drizzle/schema/index.ts';
import type { Ctx } from '../../server/platform/services.ts';

/** A database of which every statement is told, in the order asked. */
export interface CountedStatements {
  readonly db: Ctx['db'];
  /** The texts asked since the list was last emptied. */
  readonly statements: string[];
  end(): Promise<void>;
}

/**
 * Connections to a database whose statements are told, and whose answers come in rounds: none is handed on before all
 * that were asked are there. So which loads meet in one batch is a matter of who asks what, never of which connection was
 * a millisecond faster, and the number of statements is the same each time.
 */
export function countStatements(databaseUrl: string): CountedStatements {
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
  const unsafe = sql.unsafe.bind(sql) as (text: string, ...rest: unknown[]) => PromiseLike<unknown>;
  const inRound = rounds();
  // What opens a transaction is not held: others may wait for its connection.
  sql.unsafe = ((text: string, ...rest: unknown[]) =>
    text.startsWith('begin') ? unsafe(text, ...rest) : inRound(unsafe(text, ...rest))) as never;
  const statements: string[] = [];
  const db = drizzle(sql, { schema, logger: { logQuery: (text) => void statements.push(text) } });
  return { db, statements, end: () => sql.end() };
}

/** Hands answers on together, once all that somebody waits for are there and nobody is about to ask more. */
function rounds(): (asked: PromiseLike<unknown>) => PromiseLike<unknown> {
  let outstanding = 0;
  let held: (() => void)[] = [];
  const handOn = () => {
    if (held.length < outstanding) return;
    const round = held;
    held = [];
    outstanding = 0;
    for (const answer of round) answer();
  };
  const arrived = (answer: () => void) => {
    held.push(answer);
    setImmediate(handOn);
  };
  return (asked) => {
    // The driver sends a statement when somebody waits for it, and so it is counted from then on.
    const wait = asked.then.bind(asked);
    let turn: Promise<unknown> | undefined;
    const inTurn = () => {
      outstanding += 1;
      return new Promise<unknown>((resolve, reject) => {
        wait(
          (rows) => arrived(() => resolve(rows)),
          (failure) => arrived(() => reject(failure)),
        );
      });
    };
    // biome-ignore lint/suspicious/noThenProperty: it is a promise already; only its answer comes later
    asked.then = ((...handlers: Parameters<PromiseLike<unknown>['then']>) => {
      turn ??= inTurn();
      return turn.then(...handlers);
    }) as typeof asked.then;
    return asked;
  };
}
